"""New text for parts of lines, as edits of whole lines."""

from __future__ import annotations

import pytest

from analyzers.finding import Edit, Location
from analyzers.mending import mend
from analyzers.parsers.position import Span
from analyzers.rule import Replacement

TEXT = "a:\n  b: 10  # why\n  c:\n    d: e\n"


def replacement(span: Span, text: str, path: str = "a.yaml") -> Replacement:
    return Replacement(Location(path, span), text)


@pytest.mark.parametrize(
    "replacements",
    [
        pytest.param((), id="nothing to do"),
        pytest.param((replacement(Span(1, 1, 1, 2), "x", "gone.yaml"),), id="a file that is not there"),
        pytest.param(
            (replacement(Span(1, 1, 1, 2), "x"), replacement(Span(1, 1, 1, 2), "x", "gone.yaml")),
            id="half of it",
        ),
    ],
)
def test_no_fix(replacements: tuple[Replacement, ...]) -> None:
    assert mend(replacements, {"a.yaml": TEXT}.get) is None


@pytest.mark.parametrize(
    ("span", "text", "expected"),
    [
        pytest.param(Span(2, 6, 2, 8), "40", Edit("a.yaml", 2, 2, "  b: 40  # why"), id="the comment stays"),
        pytest.param(Span(3, 3, 4, 9), "c: f", Edit("a.yaml", 3, 4, "  c: f"), id="several lines become one"),
        pytest.param(
            Span(1, 1, 1, 3), "a:\n  z: 1", Edit("a.yaml", 1, 1, "a:\n  z: 1"), id="one becomes two"
        ),
    ],
)
def test_whole_lines(span: Span, text: str, expected: Edit) -> None:
    fix = mend((replacement(span, text),), {"a.yaml": TEXT}.get)
    assert fix is not None
    assert fix.edits == (expected,)
