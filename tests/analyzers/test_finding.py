"""Places."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.parsers.position import Span

AT = Location("Dockerfile", Span(4, 6, 5, 20))


@pytest.mark.parametrize(
    ("written", "part", "span"),
    [
        pytest.param("a-a", "a", AT.span, id="there twice"),
        pytest.param("a\nb", "a\nb", AT.span, id="more than a line"),
        pytest.param("a", "c", AT.span, id="not there"),
        pytest.param("golang:1.22", "1.22", Span(4, 13, 4, 17), id="in the first line"),
        pytest.param("golang \n  AS build", "build", Span(5, 6, 5, 11), id="in a later one"),
    ],
)
def test_a_part_of_what_stands_at_a_place(written: str, part: str, span: Span) -> None:
    assert AT.part(written, part).span == span
