"""What belongs to no service, and the reason a person is given."""

from __future__ import annotations

import pytest

from analyzers.model.services.unlinked import find_unlinked
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload

ORDERS = {"go.mod": module(), "cmd/orders/main.go": MAIN, "Dockerfile": dockerfile("./cmd/orders")}


def told(files: dict[str, str]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(each.kind, each.name, each.reason, each.candidates) for each in find_unlinked(repository(files))]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(ORDERS, id="a program and its image"),
        pytest.param({**ORDERS, "k8s.yaml": workload("web", "acme/orders")}, id="and what runs it"),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.dev": dockerfile("./cmd/orders"),
                "compose.yaml": (
                    "services:\n  a: {build: {dockerfile: Dockerfile.dev}}\n  b: {build: 'https://x/y.git'}\n"
                ),
            },
            id="a compose file for developers, and what it builds from elsewhere",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "cmd/orders/main.go": MAIN,
                "k8s.yaml": workload("web", "ko://example.com/shop/cmd/orders"),
            },
            id="a program that ko builds",
        ),
    ],
)
def test_nothing_is_left(files: dict[str, str]) -> None:
    assert told(files) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"go.mod": module(), "cmd/orders/main.go": MAIN},
            ("program", "cmd/orders", "no Dockerfile is known to build it", ()),
            id="a program",
        ),
        pytest.param(
            {
                **ORDERS,
                "cmd/pay/main.go": MAIN,
                "Dockerfile": (
                    "FROM golang:1.25 AS build\nENV GOBIN=/out\nCOPY . /src\nWORKDIR /src\n"
                    "RUN go install ./...\nFROM scratch\nCOPY --from=build /out/orders /\n"
                ),
            },
            ("program", "cmd/pay", "Dockerfile builds it, but its last stage does not hold it", ()),
            id="a program that its Dockerfile leaves behind",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "cmd/orders/main.go": MAIN,
                "k8s.yaml": workload(
                    "a", "acme/runner", extra="          args: [--image, ko://example.com/shop/cmd/orders]\n"
                ),
            },
            (
                "program",
                "cmd/orders",
                "ko builds it for a container's arguments, and no container runs it",
                (),
            ),
            id="a program whose image ko builds for another one",
        ),
        pytest.param(
            {**ORDERS, "web/Dockerfile": "FROM node:24\n"},
            ("image", "web/Dockerfile", "no Go is built in it", ()),
            id="an image of another language",
        ),
        pytest.param(
            {**ORDERS, "other/Dockerfile": "FROM golang:1.25\nRUN go build ./nowhere\n"},
            (
                "image",
                "other/Dockerfile",
                "no program here is what its go build makes",
                (),
            ),
            id="an image of a program that is not there",
        ),
        pytest.param(
            {**ORDERS, "gen/Dockerfile": "FROM golang:1.25\nCOPY go.mod .\nRUN go install tool\n"},
            ("image", "gen/Dockerfile", "which program it holds is not told", ()),
            id="an image of the tools that generate",
        ),
        pytest.param(
            {
                **ORDERS,
                "any/Dockerfile": "FROM golang:1.25\nARG APP\nCOPY . .\nWORKDIR /src/$APP\nRUN go build .\n",
            },
            ("image", "any/Dockerfile", "an argument decides what its go build makes", ()),
            id="an image for any program",
        ),
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("db", "postgres:17")},
            ("container", "postgres:17", "nothing here builds it", ()),
            id="an image from elsewhere",
        ),
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("web", "$(IMAGE)")},
            ("container", "$(IMAGE)", "its image is not known", ()),
            id="an image that is told later",
        ),
        pytest.param(
            {
                **ORDERS,
                "web/Dockerfile": "FROM node:24\n",
                "k8s.yaml": workload("web", "acme/web"),
            },
            ("container", "acme/web", "web/Dockerfile builds it, without Go", ()),
            id="a container of another language",
        ),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.fast": dockerfile("./cmd/orders"),
                "k8s.yaml": workload("web", "acme/orders"),
            },
            ("container", "acme/orders", "several may be meant", ("Dockerfile", "Dockerfile.fast")),
            id="one of two",
        ),
        pytest.param(
            {
                **ORDERS,
                ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: docker build -f $FILE .\n",
            },
            ("build", "", "which Dockerfile it builds is not known", ()),
            id="a job that builds what a variable names",
        ),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.dev": dockerfile("./cmd/orders"),
                ".github/workflows/ci.yml": (
                    "jobs:\n  a:\n    steps:\n      - run: docker build -f Dockerfile.dev -t acme/dev .\n"
                ),
            },
            ("build", "acme/dev", "Dockerfile.dev is left aside", ()),
            id="a job that builds an image for developers",
        ),
        pytest.param(
            {**ORDERS, "deploy/compose.yaml": "services:\n  web:\n    build: .\n"},
            ("build", "", "there is no deploy/Dockerfile", ()),
            id="a compose file that looks beside itself",
        ),
    ],
)
def test_what_is_left_and_why(files: dict[str, str], expected: tuple[str, str, str, tuple[str, ...]]) -> None:
    assert expected in told(files)


def test_which_of_two_programs_an_image_starts() -> None:
    image = (
        "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/ ./cmd/orders ./cmd/pay\n"
        'FROM alpine:3.22\nCOPY --from=build /out /usr/bin\nENTRYPOINT ["/start.sh"]\n'
    )
    files = {"go.mod": module(), "cmd/orders/main.go": MAIN, "cmd/pay/main.go": MAIN, "Dockerfile": image}
    assert told(files) == [
        ("image", "Dockerfile", "which of its programs it starts is not told", ("cmd/orders", "cmd/pay"))
    ]
