"""Edits of lines that set a variable."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.fixes.variables import set_variable
from analyzers.parsers.position import Span

AT = Location("file", Span(1, 1, 1, 2))


@pytest.mark.parametrize(
    ("line", "edited"),
    [
        ("ENV A=1 B=2", "ENV C=3 B=2"),
        ("ENV A 1", "ENV C 3"),
        ('  A: "1"', '  C: "3"'),
        ("  A: 1  # why", "  C: 3  # why"),
        ("    - export A='1'", "    - export C='3'"),
        ("RUN go env -w A=1", "RUN go env -w C=3"),
    ],
)
def test_in_the_place_of_a_setting(line: str, edited: str) -> None:
    fix = set_variable(line + "\n", AT, ("A", "1"), ("C", "3"))
    assert fix is not None
    assert [edit.text for edit in fix.edits] == [edited]


@pytest.mark.parametrize(
    "line", ["ENV BA=1", "ENV A=12", "ENV A=${X:-1}", "RUN A=1 x && A=1 y", 'ENV A="1 2"']
)
def test_no_plain_setting(line: str) -> None:
    assert set_variable(line, AT, ("A", "1"), ("C", "3")) is None
