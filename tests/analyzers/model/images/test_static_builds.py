from __future__ import annotations

import pytest

from analyzers.model.images.static_builds import built_binary, cgo_in, is_built_static, links_dynamically
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


@pytest.mark.parametrize(
    ("lines", "cgo"),
    [
        ("RUN go build .", "default"),
        ("RUN CGO_ENABLED=1 go build .", "on"),
        ("ENV CGO_ENABLED=0\nRUN go build .", "off"),
        ("ARG CGO_ENABLED\nRUN go build .", "unknown"),
        ("RUN CGO_ENABLED=$CGO go build .", "unknown"),
        ("RUN export CGO_ENABLED=1 && go build .", "on"),
    ],
)
def test_what_is_said_of_cgo(lines: str, cgo: str) -> None:
    (run,) = repository({"Dockerfile": f"FROM golang:1.24\n{lines}\n"}).images[0].final.runs
    assert cgo_in(run, run.commands[-1]) == cgo


@pytest.mark.parametrize(
    ("lines", "does"),
    [
        ("RUN go build -o /orders .", True),
        ("RUN GOOS=linux go build -ldflags '-s -w' -o $OUT ./cmd/orders", True),
        ("ENV GOOS=linux\nRUN go build .", True),
        ("RUN GOARCH=amd64 go build .", False),
        ("ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build .", False),
        ("RUN export GOARCH=arm64 && go build .", False),
        ("ENV GOFLAGS=-tags=netgo\nRUN go build .", False),
        ("RUN CC=musl-gcc go build .", False),
        ("RUN go build -tags netgo,osusergo .", False),
        ("""RUN go build -ldflags '-linkmode external -extldflags "-static"' .""", False),
        ('RUN go build -ldflags "$LDFLAGS" .', False),
        ("RUN go build -ldflags=$LDFLAGS .", False),
        ("RUN go build $FLAGS .", False),
        ('RUN go build -ldflags="-s -X main.version=${VERSION}" .', True),
    ],
)
def test_a_build_that_links_what_cgo_asks_for(lines: str, does: bool) -> None:
    (run,) = repository({"Dockerfile": f"FROM golang:1.24\n{lines}\n"}).images[0].final.runs
    assert links_dynamically(run, run.commands[-1]) is does
