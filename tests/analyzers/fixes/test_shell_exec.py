"""`exec` put in front of the last command."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.fixes.shell_exec import exec_in_file, exec_in_text
from analyzers.model.scripts.script_reader import read_script
from analyzers.parsers.position import Span

AT = Location("Dockerfile", Span(1, 1, 1, 200))


def in_text(text: str, source: str) -> str | None:
    fix = exec_in_text(text, AT, source)
    return fix.edits[0].text if fix else None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("A=b /app", 'CMD ["sh", "-c", "A=b /app"]', id="a variable in front"),
        pytest.param("/app | tee x", 'CMD ["sh", "-c", "/app | tee x"]', id="a pipe"),
        pytest.param("sh -c /app", 'CMD ["sh", "-c", "sh -c /app"]', id="another shell"),
        pytest.param(
            "if a; then b; else c; fi", 'CMD ["sh", "-c", "if a; then b; else c; fi"]', id="two ends"
        ),
        pytest.param('/app "x"', 'CMD ["sh", "-c", "/app \\"x\\""]', id="written otherwise in the file"),
        pytest.param("/app", 'CMD ["sh", "-c", "/app"] # runs /app', id="written twice"),
    ],
)
def test_texts_left_alone(text: str, source: str) -> None:
    assert in_text(text, source) is None


@pytest.mark.parametrize(
    ("text", "source", "fixed"),
    [
        ("/app -v", 'CMD ["sh", "-c", "/app -v"]', 'CMD ["sh", "-c", "exec /app -v"]'),
        ("a && /app", 'CMD ["sh", "-c", "a && /app"]', 'CMD ["sh", "-c", "a && exec /app"]'),
    ],
)
def test_texts(text: str, source: str, fixed: str) -> None:
    assert in_text(text, source) == fixed


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("#!/bin/sh\n  /app -v\n", "  exec /app -v"),
        ("#!/bin/sh\nrun() { /app; }\nrun\n", None),
        ("#!/bin/sh\n/app | tee x\n", None),
    ],
)
def test_files(text: str, fixed: str | None) -> None:
    (last,) = read_script(text, "start.sh").last
    fix = exec_in_file(last, text)
    assert (fix.edits[0].text if fix else None) == fixed
