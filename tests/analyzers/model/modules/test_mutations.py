"""Go commands that may rewrite go.mod."""

from __future__ import annotations

import pytest

from analyzers.model.command import Command
from analyzers.model.modules.mutations import builds, mutation_of
from tests.analyzers.model.repositories import repository


def command(text: str) -> Command:
    files = {"Dockerfile": f"FROM golang:1.24\nRUN {text}\n"}
    return repository(files).images[0].final.runs[0].commands[0]


@pytest.mark.parametrize(
    "text",
    [
        "go mod download",
        "go mod tidy -diff",
        "go get example.com/x",
        "go build -mod=vendor .",
        "go run -mod=mod example.com/gen",
        "go",
        "gofmt -w .",
    ],
)
def test_it_stays(text: str) -> None:
    assert mutation_of(command(text)) is None


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("go mod tidy", "tidy", (2,)),
        ("go get -u ./...", "get", (1,)),
        ("go get -d -u=patch ./...", "get", (1,)),
        ("go test -v -mod=mod ./...", "flag", (3,)),
    ],
)
def test_it_may_change(text: str, kind: str, words: tuple[int, ...]) -> None:
    found = mutation_of(command(text))
    assert found is not None
    assert (found.kind, found.words) == (kind, words)


def test_builds() -> None:
    assert [builds(command(text)) for text in ("go build .", "go test ./...", "go mod tidy", "make")] == [
        True,
        True,
        False,
        False,
    ]
