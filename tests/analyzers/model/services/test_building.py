"""Which main package ends up in an image."""

from __future__ import annotations

import pytest

from analyzers.model.services.building import program_of
from analyzers.model.services.go_targets import packages
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository

TWO = {"go.mod": module(), "cmd/orders/main.go": MAIN, "cmd/migrate/main.go": MAIN}
BOTH = (
    "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n"
    "RUN go build -o /bin/server ./cmd/orders && go build -o /bin/migrate ./cmd/migrate\n"
    "FROM alpine:3.22\nCOPY --from=build /bin/server /bin/migrate /bin/\n"
)
INSTALLED = (
    "FROM golang:1.25 AS build\nCOPY . /src\nWORKDIR /src\n{} go install ./...\n"
    "FROM scratch\nCOPY --from=build {}/orders /app\n"
)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {**TWO, "Dockerfile": INSTALLED.format("ENV GOBIN=$X\nRUN", "/o")}, id="a folder not told"
        ),
        pytest.param({**TWO, "Dockerfile": dockerfile("./cmd/...", output="/bin/")}, id="every program"),
        pytest.param({**TWO, "Dockerfile": BOTH}, id="two programs and no start"),
        pytest.param({**TWO, "Dockerfile": BOTH + 'ENTRYPOINT ["/start.sh"]\n'}, id="a script chooses"),
        pytest.param({**TWO, "Dockerfile": dockerfile("./cmd/$APP")}, id="an argument chooses"),
        pytest.param({**TWO, "Dockerfile": dockerfile("./cmd/*")}, id="a wildcard for folders"),
        pytest.param({**TWO, "Dockerfile": dockerfile("./internal/orders")}, id="a folder without main"),
        pytest.param(
            {
                "go.mod": module(),
                "main.go": MAIN,
                "Dockerfile": dockerfile("./tools/seed"),
                "tools/seed/main.go": MAIN,
            },
            id="a tool, not the program beside the Dockerfile",
        ),
        pytest.param({**TWO, "Dockerfile": "FROM golang:1.25\nRUN make\n"}, id="make builds one of two"),
        pytest.param(
            {"go.mod": module(), "main.go": MAIN, "Dockerfile": "FROM nginx:1.29\n"}, id="no Go in it"
        ),
        pytest.param(
            {
                "go.mod": module(),
                "shop/proxy/main.go": MAIN,
                "proxy/Dockerfile": "FROM python:3.14\nCOPY proxy /app\nCMD python /app/serve.py\n",
                "compose.yaml": (
                    "services:\n  proxy:\n    build:\n      context: .\n      dockerfile: proxy/Dockerfile\n"
                ),
            },
            id="a folder with a program's name",
        ),
    ],
)
def test_no_program_or_more_than_one_could_be_meant(files: dict[str, str]) -> None:
    read = repository(files)
    assert program_of(read.images[0], read.programs) is None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"go.mod": module(), "main.go": MAIN, "Dockerfile": dockerfile()}, "", id="the root"),
        pytest.param({**TWO, "Dockerfile": dockerfile("./cmd/orders")}, "cmd/orders", id="a folder"),
        pytest.param({**TWO, "Dockerfile": dockerfile("cmd/orders/main.go")}, "cmd/orders", id="a file"),
        pytest.param({**TWO, "Dockerfile": dockerfile("cmd/orders/*")}, "cmd/orders", id="all files"),
        pytest.param({**TWO, "Dockerfile": dockerfile("cmd/orders/*.go")}, "cmd/orders", id="its Go files"),
        pytest.param(
            {**TWO, "Dockerfile": dockerfile("-ldflags '-s -w' -tags netgo ./cmd/orders")},
            "cmd/orders",
            id="flags with values",
        ),
        pytest.param({**TWO, "Dockerfile": dockerfile("-C cmd/orders .")}, "cmd/orders", id="-C"),
        pytest.param(
            {**TWO, "Dockerfile": dockerfile().replace("RUN go", "RUN cd cmd/orders && go")},
            "cmd/orders",
            id="cd",
        ),
        pytest.param(
            {**TWO, "Dockerfile": dockerfile().replace("RUN go", "WORKDIR cmd/orders\nRUN go")},
            "cmd/orders",
            id="WORKDIR",
        ),
        pytest.param(
            {**TWO, "Dockerfile": BOTH + 'ENTRYPOINT ["/bin/server"]\n'},
            "cmd/orders",
            id="the one that is started",
        ),
        pytest.param(
            {**TWO, "Dockerfile": BOTH + "CMD /bin/migrate up\n"},
            "cmd/migrate",
            id="started by the shell form",
        ),
        pytest.param(
            {**TWO, "Dockerfile": dockerfile("./cmd/...", '["/bin/orders"]', "/bin/")},
            "cmd/orders",
            id="started out of all",
        ),
        pytest.param(
            {
                "orders/go.mod": module(),
                "orders/main.go": MAIN,
                "pay/go.mod": module("example.com/pay"),
                "pay/main.go": MAIN,
                "docker/pay.Dockerfile": dockerfile().replace("COPY . .", "COPY pay/ ."),
            },
            "pay",
            id="the folder that is copied",
        ),
        *(
            pytest.param({**TWO, "Dockerfile": INSTALLED.format(told, place)}, "cmd/orders", id=name)
            for told, place, name in (
                ("ENV GOBIN=/out\nRUN", "/out", "installed where ENV says"),
                ("ENV GOPATH=/gopath\nRUN", "/gopath/bin", "installed into the GOPATH"),
                ("RUN GOBIN=/out", "/out", "installed where the command says"),
                ("RUN", "/go/bin", "installed where the official images do"),
            )
        ),
        pytest.param(
            {**TWO, "Dockerfile": 'FROM scratch\nCOPY out/orders /orders\nENTRYPOINT ["/orders"]\n'},
            "cmd/orders",
            id="built before, by its name",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "cmd/api/main.go": MAIN,
                "Dockerfile": "FROM golang:1.25\nCOPY . .\nRUN make\n",
            },
            "cmd/api",
            id="make builds the only one",
        ),
    ],
)
def test_the_program_of_an_image(files: dict[str, str], expected: str) -> None:
    read = repository(files)
    found = program_of(read.images[0], read.programs)
    assert found is not None
    assert found.directory == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("-v", (), id="flags only"),
        pytest.param("-o app", (), id="a value is no package"),
        pytest.param("-o=app -tags netgo ./cmd/orders", ("./cmd/orders",), id="values both ways"),
        pytest.param("./a ./b", ("./a", "./b"), id="two packages"),
    ],
)
def test_packages_of_a_build(words: str, expected: tuple[str, ...]) -> None:
    assert packages(words.split()) == expected
