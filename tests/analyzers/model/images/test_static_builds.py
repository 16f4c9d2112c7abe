from __future__ import annotations

import pytest

from analyzers.model.images.static_builds import built_binary, is_built_static
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("command", "binary"),
    [
        ("go build .", None),
        ("go build -o /bin/ ./...", None),
        ("go build -o $OUT .", None),
        ("go build -o", None),
        ("go build -o /orders .", "/orders"),
        ("go build -o=orders .", "/src/orders"),
        ("go build -ldflags -s -o ../orders .", "/orders"),
    ],
)
def test_the_file_a_build_leaves(command: str, binary: str | None) -> None:
    (run,) = (
        repository({"Dockerfile": f"FROM golang:1.24\nWORKDIR /src\nRUN {command}\n"}).images[0].final.runs
    )
    assert built_binary(run, run.commands[0]) == binary


@pytest.mark.parametrize(
    ("lines", "is_static"),
    [
        ("RUN go build .", False),
        ("ENV CGO_ENABLED=1\nRUN go build .", False),
        ("ENV CGO_ENABLED=0\nRUN CGO_ENABLED=1 go build .", False),
        ("ARG CGO_ENABLED\nRUN go build .", False),
        ("ENV CGO_ENABLED=0\nRUN go build .", True),
        ("RUN CGO_ENABLED=0 go build .", True),
        ("RUN export CGO_ENABLED=$X && go build .", False),
        ("ENV CGO_ENABLED=0\nRUN export CGO_ENABLED=1; go build .", False),
        ("RUN export CGO_ENABLED=0 GOOS=linux && go build .", True),
        ("RUN go env -w CGO_ENABLED=0 && go build .", True),
    ],
)
def test_a_build_without_cgo(lines: str, is_static: bool) -> None:
    (run,) = repository({"Dockerfile": f"FROM golang:1.24\n{lines}\n"}).images[0].final.runs
    assert is_built_static(run, run.commands[-1]) is is_static
