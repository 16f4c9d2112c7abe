"""The report for a terminal."""

from __future__ import annotations

import pytest

from analyzers import Config, check
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles
from analyzers.finding import Note, Report
from analyzers.reports.text import render_concise, render_text

LATEST = 'FROM alpine:latest\nUSER 65532:65532\nENTRYPOINT ["/app"]\n'


def test_the_source_stands_under_its_finding() -> None:
    lines = render_text(check(MemoryFiles({"Dockerfile": LATEST}))).splitlines()
    assert lines[0].startswith("warning[base-image-latest]: ")
    assert lines[1:5] == [" --> Dockerfile:1:6", "  |", "1 | FROM alpine:latest", "  |      ^^^^^^^^^^^^^"]


def test_what_is_said_of_many_files_is_said_once() -> None:
    files = dict.fromkeys(("a/Dockerfile", "b/Dockerfile", "c/Dockerfile"), LATEST)
    config = Config(disabled={name: "another matter" for name in load_rules() if name != "base-image-latest"})
    text = render_text(check(MemoryFiles(files), config))
    assert text.count("warning[base-image-latest]") == 1
    assert " --> also b/Dockerfile:1:6\n --> also c/Dockerfile:1:6\n" in text
    assert "3 problems (3 warnings)" in text


def test_prose_is_wrapped_below_its_mark() -> None:
    lines = render_text(check(MemoryFiles({"Dockerfile": LATEST}))).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("  = "))
    assert lines[start + 1].startswith(("    ", "  = help: "))
    assert max(map(len, lines[start:])) <= 120


@pytest.mark.parametrize(
    ("is_failure", "concise", "text"),
    [
        pytest.param(False, "a:3: remark: odd", "remark: a:3: odd", id="a remark on what was analysed"),
        pytest.param(True, "a:3: not analysed: odd", "not analysed: a:3: odd", id="a failure"),
    ],
)
def test_a_note_says_what_it_is(is_failure: bool, concise: str, text: str) -> None:
    report = Report((), notes=(Note("a", "odd", 3, is_failure=is_failure),))
    assert render_concise(report).splitlines()[0] == concise
    assert render_text(report).splitlines()[0] == text
