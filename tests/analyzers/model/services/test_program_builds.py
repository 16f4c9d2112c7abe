from __future__ import annotations

import pytest

from analyzers.model.services.program_builds import program_builds
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository

STAGES = "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN {}\nFROM scratch\nCOPY --from=build {} /\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (dockerfile("./cmd/orders"), [("go", "build", "-o", "/app", "./cmd/orders")]),
        (
            STAGES.format("go build -o /out/ ./cmd/...", "/out/orders"),
            [("go", "build", "-o", "/out/", "./cmd/...")],
        ),
        (STAGES.format("go install ./cmd/orders", "/go/bin/orders"), [("go", "install", "./cmd/orders")]),
        (
            STAGES.format("go build -o /a ./cmd/orders && go build -o /b ./cmd/orders", "/b"),
            [("go", "build", "-o", "/b", "./cmd/orders")],
        ),
        (STAGES.format("go build -o /orders ./cmd/orders", "/src/static"), []),
        (STAGES.format("make", "/orders"), []),
    ],
)
def test_the_commands_that_build_what_ships(text: str, words: list[tuple[str, ...]]) -> None:
    read = repository({"go.mod": module(), "cmd/orders/main.go": MAIN, "Dockerfile": text})
    found = [target for service in read.services if service.image for target in program_builds(service)]
    assert [target.command.words for target in found] == words
    assert all(target.command in target.run.commands for target in found)
