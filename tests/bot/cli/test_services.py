"""`shipworthy services` as a person calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo.workshop import Workshop

Services = Callable[..., Result]
GO = {
    "go.mod": "module example.com/shop\n",
    "cmd/orders/main.go": "package main\n\nfunc main() {}\n",
    "cmd/orders/Dockerfile": 'FROM golang:1.25\nCOPY . .\nRUN go build -o /app ./cmd/orders\nCMD ["/app"]\n',
}


@pytest.fixture
def services(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Services:
    workshop.commit(GO, "Orders")
    monkeypatch.chdir(workshop.place)
    return lambda *arguments: CliRunner().invoke(main, ["services", *arguments])


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        pytest.param([], 0, id="the repository around"),
        pytest.param(["cmd"], 0, id="a folder of it"),
        pytest.param(["nowhere"], 2, id="no such path"),
        pytest.param(["--output", "nowhere/model"], 2, id="into no folder"),
        pytest.param(["--format", "yaml"], 2, id="no such format"),
    ],
)
def test_exit_code(services: Services, arguments: list[str], exit_code: int) -> None:
    assert services(*arguments).exit_code == exit_code


def test_a_service_is_named_with_its_parts(services: Services) -> None:
    printed = services().output
    assert printed.startswith("orders\n  program   cmd/orders, module example.com/shop\n")
    assert "cmd/orders/Dockerfile" in printed


def test_colours_only_where_asked_for(services: Services) -> None:
    assert "\x1b" not in services().output
    assert "\x1b[1morders" in services("--color", "always").output


def test_json_goes_to_a_file(services: Services, tmp_path: Path) -> None:
    target = tmp_path / "model.json"
    assert services("--format", "json", "-o", str(target)).output == ""
    document = json.loads(target.read_text())
    assert [service["name"] for service in document["services"]] == ["orders"]
