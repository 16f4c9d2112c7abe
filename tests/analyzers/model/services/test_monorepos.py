"""Whole repositories in small: which links must exist, and which must not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.model.service import Service
from tests.analyzers.model.repositories import MAIN, cluster_service, dockerfile, module, repository, workload

FIFTY = [f"svc{number:02}" for number in range(50)]
MANY = {
    "go.mod": module(),
    **{f"services/{name}/main.go": MAIN for name in FIFTY},
    **{f"services/{name}/Dockerfile": dockerfile(f"./services/{name}") for name in FIFTY},
    **{
        f"deploy/{name}.yaml": workload(name, f"ghcr.io/acme/{name}:1")
        + "---\n"
        + cluster_service(name, name)
        for name in FIFTY
    },
}
ONE_FOR_ALL = (
    "FROM golang:1.25 AS build\nARG SERVICE\nWORKDIR /src\nCOPY . .\n"
    "RUN go build -o /out/${SERVICE} ./cmd/${SERVICE}\n"
    'FROM scratch\nARG SERVICE\nCOPY --from=build /out/${SERVICE} /app\nENTRYPOINT ["/app"]\n'
)
COMPOSE = (
    "services:\n"
    "  orders:\n    image: acme/orders\n    build:\n      context: .\n      args: {SERVICE: orders}\n"
    "  pay:\n    image: acme/payments\n    build:\n      context: .\n      args: {SERVICE: pay}\n"
)
TWO_IN_ONE = (
    "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n"
    "RUN go build -o /out/ ./cmd/orders ./cmd/migrate\n"
    'FROM alpine:3.22\nCOPY --from=build /out /usr/bin\nENTRYPOINT ["orders"]\n'
)
SHOP = {"go.mod": module(), "cmd/orders/main.go": MAIN, "cmd/pay/main.go": MAIN, "cmd/migrate/main.go": MAIN}
BAKE = (
    'target "orders" {\n  dockerfile = "Dockerfile"\n  target = "orders"\n  tags = ["acme/orders:1"]\n}\n'
    'target "pay" {\n  dockerfile = "Dockerfile"\n  target = "pay"\n  tags = ["acme/payments:1"]\n}\n'
    'group "default" {\n  targets = ["orders", "pay"]\n}\n'
)
TWO_TARGETS = (
    "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n"
    "RUN go build -o /out/orders ./cmd/orders && go build -o /out/pay ./cmd/pay\n"
    'FROM scratch AS orders\nCOPY --from=build /out/orders /orders\nENTRYPOINT ["/orders"]\n'
    'FROM scratch AS pay\nCOPY --from=build /out/pay /pay\nENTRYPOINT ["/pay"]\n'
)
COPIED = 'FROM scratch\nCOPY bin/app /app\nENTRYPOINT ["/app"]\n'
RELEASE = (
    "project_name: shop\nbuilds:\n"
    "  - {id: orders, main: ./cmd/orders, binary: orderd}\n"
    "  - {id: pay, main: ./cmd/pay/main.go, binary: payd}\n"
    "dockers:\n"
    "  - ids: [orders]\n    dockerfile: build/orders.Dockerfile\n"
    '    image_templates: ["ghcr.io/acme/ordering:{{ .Tag }}-amd64"]\n'
)


RELEASED_TO_ALL = (
    "project_name: shop\nbuilds:\n"
    "  - {id: a, main: ./cmd/orders, binary: 'orders-linux-{{ .Arch }}'}\n"
    "  - {id: b, main: ./cmd/pay, binary: 'pay-linux-{{ .Arch }}'}\n"
    "dockers:\n  - dockerfile: orders.Dockerfile\n  - dockerfile: pay.Dockerfile\n"
)
PLATFORM = (
    "FROM scratch\nARG GOARCH=amd64\nCOPY {0}-linux-$GOARCH /usr/local/bin/{0}\n"
    'ENTRYPOINT ["/usr/local/bin/{0}"]\n'
)


def lines(files: Mapping[str, str]) -> dict[str, tuple[str, list[str]]]:
    """By program, its image and the workloads that run it."""
    return {
        service.program.directory: (_image(service), [item.workload.name for item in service.deployed])
        for service in repository(files).services
        if service.program and (service.image or service.deployed)
    }


def _image(service: Service) -> str:
    if service.image is None:
        return ""
    return f"{service.image.path}:{service.image.target}".rstrip(":")


def test_fifty_services_each_with_its_own_parts() -> None:
    expected = {f"services/{name}": (f"services/{name}/Dockerfile", [name]) for name in FIFTY}
    assert lines(MANY) == expected
    fronts = {
        service.name: [front.name for item in service.deployed for front in item.cluster_services]
        for service in repository(MANY).services
    }
    assert fronts == {name: [name] for name in FIFTY}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**SHOP, "Dockerfile": ONE_FOR_ALL}, id="an argument that no build sets"),
        pytest.param(
            {**SHOP, "Dockerfile": ONE_FOR_ALL, "run.sh": "docker build --build-arg SERVICE=$1 .\n"},
            id="an argument that a script is given",
        ),
        pytest.param(
            {
                **SHOP,
                "examples/shop/main.go": MAIN,
                "examples/shop/Dockerfile": dockerfile("./examples/shop"),
            },
            id="examples",
        ),
        pytest.param(
            {
                **SHOP,
                "vendor/example.com/tool/main.go": MAIN,
                "vendor/example.com/tool/Dockerfile": dockerfile("./vendor/example.com/tool"),
            },
            id="vendored trees",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile.dev": dockerfile("./cmd/orders"),
                "test/Dockerfile": dockerfile("./cmd/pay"),
            },
            id="images for developers and tests",
        ),
        pytest.param({**SHOP, "Dockerfile": COPIED}, id="a binary that nothing says who builds"),
        pytest.param(
            {**SHOP, "Dockerfile": COPIED, "Makefile": "a:\n\tgo build -o bin/app ./cmd/$(NAME)\n"},
            id="a binary of a program that a variable names",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": COPIED,
                "Makefile": "a:\n\tgo build -o bin/app ./cmd/pay\nb:\n\tgo build -o bin/app ./cmd/orders\n",
            },
            id="a binary that two builds write",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "a/server/main.go": MAIN,
                "b/server/main.go": MAIN,
                "Dockerfile": 'FROM scratch\nCOPY server /\nENTRYPOINT ["/server"]\n',
            },
            id="a name that two programs have",
        ),
    ],
)
def test_no_program_is_put_into_an_image(files: dict[str, str]) -> None:
    assert lines(files) == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "go.work": "go 1.25\nuse (\n\t./orders\n\t./pay\n)\n",
                "orders/go.mod": module("example.com/orders"),
                "orders/main.go": MAIN,
                "orders/Dockerfile": dockerfile(),
                "pay/go.mod": module("example.com/pay"),
                "pay/main.go": MAIN,
                "pay/Dockerfile": dockerfile(),
                "k8s.yaml": workload("a", "acme/orders") + "---\n" + workload("b", "acme/pay"),
            },
            {"orders": ("orders/Dockerfile", ["a"]), "pay": ("pay/Dockerfile", ["b"])},
            id="a workspace of two modules",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": ONE_FOR_ALL,
                "compose.yaml": COMPOSE,
                "k8s.yaml": workload("a", "acme/orders:2") + "---\n" + workload("b", "acme/payments:2"),
            },
            {"cmd/orders": ("Dockerfile", ["a"]), "cmd/pay": ("Dockerfile", ["b"])},
            id="one Dockerfile whose argument chooses",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": TWO_TARGETS,
                "docker-bake.hcl": BAKE,
                "k8s.yaml": workload("a", "acme/orders:2") + "---\n" + workload("b", "acme/payments:2"),
            },
            {"cmd/orders": ("Dockerfile:orders", ["a"]), "cmd/pay": ("Dockerfile", ["b"])},
            id="one Dockerfile with two targets",
        ),
        pytest.param(
            {
                **SHOP,
                "cmd/orders/Dockerfile": TWO_IN_ONE,
                "k8s.yaml": workload("web", "acme/orders")
                + "---\n"
                + workload(
                    "once", "acme/orders", kind="StatefulSet", extra='          command: ["migrate"]\n'
                ),
            },
            {
                "cmd/migrate": ("cmd/orders/Dockerfile", ["once"]),
                "cmd/orders": ("cmd/orders/Dockerfile", ["web"]),
            },
            id="two programs in one image, told by the command",
        ),
        pytest.param(
            {
                **SHOP,
                "cmd/orders/Dockerfile": TWO_IN_ONE,
                "chart/Chart.yaml": "name: shop\nversion: 1.0.0\n",
                "chart/templates/once.yaml": workload(
                    "once",
                    "acme/orders",
                    extra="          {{- toYaml .Values.more | nindent 10 }}\n          command: [migrate]\n",
                ),
            },
            {"cmd/migrate": ("cmd/orders/Dockerfile", ["once"]), "cmd/orders": ("cmd/orders/Dockerfile", [])},
            id="two programs in one image, told by the command in a template that may add to it",
        ),
        pytest.param(
            {**SHOP, "Dockerfile": COPIED, "Makefile": "a:\n\tgo build -o bin/app ./cmd/pay\n"},
            {"cmd/pay": ("Dockerfile", [])},
            id="a binary that a Makefile builds",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": COPIED,
                ".github/workflows/ci.yml": (
                    "jobs:\n  a:\n    steps:\n      - run: go build -o ../../bin/app .\n"
                    "        working-directory: cmd/pay\n"
                ),
            },
            {"cmd/pay": ("Dockerfile", [])},
            id="a binary that a job builds",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": COPIED,
                ".gitlab-ci.yml": (
                    "a:\n  script:\n    - go build -o $CI_PROJECT_DIR/out/app ./cmd/orders\n"
                    "    - cd cmd/pay && go build -o $CI_PROJECT_DIR/bin/app .\n"
                ),
            },
            {"cmd/pay": ("Dockerfile", [])},
            id="a binary that a job builds for the root of the checkout",
        ),
        pytest.param(
            {
                **SHOP,
                "Dockerfile": (
                    "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN make\n"
                    'FROM scratch\nCOPY --from=build /src/bin/app /app\nENTRYPOINT ["/app"]\n'
                ),
                "Makefile": "BIN := bin\n\nall:\n\tgo build -o $(BIN)/app ./cmd/pay\n",
            },
            {"cmd/pay": ("Dockerfile", [])},
            id="make inside the image",
        ),
        pytest.param(
            {
                **SHOP,
                ".goreleaser.yaml": RELEASE,
                "build/orders.Dockerfile": 'FROM scratch\nCOPY orderd /\nENTRYPOINT ["/orderd"]\n',
                "k8s.yaml": workload("web", "ghcr.io/acme/ordering:v1.2.0"),
            },
            {"cmd/orders": ("build/orders.Dockerfile", ["web"])},
            id="a release",
        ),
        pytest.param(
            {
                **SHOP,
                ".goreleaser.yaml": RELEASED_TO_ALL,
                "orders.Dockerfile": PLATFORM.format("orders"),
                "pay.Dockerfile": PLATFORM.format("pay"),
            },
            {"cmd/orders": ("orders.Dockerfile", []), "cmd/pay": ("pay.Dockerfile", [])},
            id="a release whose images choose by name",
        ),
        pytest.param(
            {
                "shop/orders/go.mod": module("example.com/orders"),
                "shop/orders/main.go": MAIN,
                "shop/orders/Dockerfile": dockerfile().replace("COPY . .", "COPY orders ."),
                "shop/orders/Makefile": "image:\n\tdocker build .\n",
            },
            {"shop/orders": ("shop/orders/Dockerfile", [])},
            id="a build from a folder without the source",
        ),
        pytest.param(
            {
                "orders/go.mod": module("example.com/orders"),
                "orders/main.go": MAIN,
                "orders/go.sum": "",
                "orders/Dockerfile": (
                    "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY orders/go.mod orders/go.sum ./\n"
                    "COPY orders/main.go main.go\nRUN go build -o /app main.go\n"
                    'FROM scratch\nCOPY --from=build /app /\nENTRYPOINT ["/app"]\n'
                ),
            },
            {"orders": ("orders/Dockerfile", [])},
            id="files copied one by one",
        ),
    ],
)
def test_what_belongs_together(files: dict[str, str], expected: dict[str, tuple[str, list[str]]]) -> None:
    assert lines(files) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("go test ./...", [], id="tests"),
        pytest.param("go build ./...", [], id="a check that all compiles"),
        pytest.param("go build -o /dev/null ./cmd/orders", [], id="a check that one compiles"),
        pytest.param("go install example.com/tool@v1", [], id="a tool"),
        pytest.param("cd cmd/orders && go install tool", [], id="the tools of the module"),
        pytest.param("docker build -f other.Dockerfile .", [], id="another image"),
        pytest.param("go build ./cmd/orders", ["work"], id="the program"),
        pytest.param("cd cmd && go build -o app ./orders", ["work"], id="the program from a folder"),
        pytest.param("docker build -t acme/orders .", ["work"], id="the image"),
    ],
)
def test_jobs_that_build_a_service(script: str, expected: list[str]) -> None:
    files = {
        "go.mod": module(),
        "cmd/orders/main.go": MAIN,
        "Dockerfile": dockerfile("./cmd/orders"),
        ".github/workflows/ci.yml": f"jobs:\n  work:\n    steps:\n      - run: {script}\n",
    }
    (service,) = repository(files).services
    assert [job.name for job in service.jobs] == expected


def test_an_image_on_top_of_another_one_of_the_repository() -> None:
    files = {
        "go.mod": module(),
        "main.go": MAIN,
        "base/Dockerfile": dockerfile(),
        "app/Dockerfile": "FROM acme/base:1\nENV LANG=C\n",
        "compose.yaml": (
            "services:\n  base:\n    image: acme/base\n    build: {context: ., dockerfile: base/Dockerfile}\n"
        ),
    }
    found = {service.image.path: service for service in repository(files).services if service.image}
    top = found["app/Dockerfile"]
    assert top.program is not None
    assert [base.path for base in top.bases] == ["base/Dockerfile"]
    assert found["base/Dockerfile"].bases == ()


def test_a_stage_that_builds_through_make_is_a_build_stage() -> None:
    text = (
        "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN make\nFROM golang:1.24 AS other\nRUN make\n"
        'FROM scratch\nCOPY --from=build /src/bin/app /app\nENTRYPOINT ["/app"]\n'
    )
    makefile = "all:\n\tgo build -o bin/app ./cmd/orders\n"
    files = {"go.mod": module(), "cmd/orders/main.go": MAIN, "Makefile": makefile, "Dockerfile": text}
    (service,) = repository(files).services
    assert [stage.name for stage in service.build_stages] == ["build"]
