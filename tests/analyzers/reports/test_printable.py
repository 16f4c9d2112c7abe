"""What a hostile repository can write on the terminal of whoever looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from analyzers import check
from analyzers.files import MemoryFiles
from analyzers.finding import Note, Report
from analyzers.reports.json_report import render_json
from analyzers.reports.printable import printable
from analyzers.reports.text import render_concise, render_text

LATEST = "FROM golang:latest\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("naïve `a` → b", "naïve `a` → b", id="nothing to replace"),
        pytest.param("a\nb\tc", "a b c", id="white space"),
        pytest.param("\x1b[31mred", "\ufffd[31mred", id="an escape"),
        pytest.param("\x9b31mred", "\ufffd31mred", id="an escape of one byte"),
        pytest.param("gpj\u202egpj", "gpj\ufffdgpj", id="text from right to left"),
        pytest.param("\udcff", "\ufffd", id="a byte that is no UTF-8"),
    ],
)
def test_what_a_terminal_would_obey_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def report_on(path: str, content: str) -> Report:
    report = check(MemoryFiles({path: content}))
    return replace(report, notes=(*report.notes, Note(path, f"unknown word {content}")))


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("Dockerfile", LATEST, id="nothing hostile"),
        pytest.param("\x1b]0;owned\x07/Dockerfile", LATEST, id="escape in a path"),
        pytest.param("\udcff/Dockerfile", LATEST, id="path that is no UTF-8"),
        pytest.param("Dockerfile", f"{LATEST}CMD exec /a\x1b[2J\n", id="escape in a command"),
        pytest.param("Dockerfile", f"{LATEST}# shipworthy: ignore[\x1b[1m] b\n", id="escape in a comment"),
    ],
)
@pytest.mark.parametrize("render", [render_text, render_concise, render_json])
def test_a_report_is_lines_of_printable_characters(
    render: Callable[[Report], str], path: str, content: str
) -> None:
    report = report_on(path, content)
    said = render(report)
    assert report.findings
    assert all(line.isprintable() for line in said.split("\n"))
    assert said.encode()


def test_json_names_a_file_as_it_is() -> None:
    path = "na\xefve \udcff/Dockerfile"
    assert json.loads(render_json(report_on(path, LATEST)))["findings"][0]["path"] == path


def test_a_hostile_name_still_shows_its_line() -> None:
    assert "FROM golang:latest" in render_text(report_on("\x1b/Dockerfile", LATEST))
