"""Where in a text its secret stands."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.model.secrets.written_texts import secret_at, within
from analyzers.parsers.position import Span
from tests.analyzers.model.repositories import repository

FILES = repository({"main.go": "package main\n\nvar a = `one two\nthree two four`\n"})


@pytest.mark.parametrize(
    ("span", "part", "expected"),
    [
        pytest.param(Span(3, 9, 4, 16), "three", Span(4, 1, 4, 6), id="in a later line"),
        pytest.param(Span(3, 9, 4, 16), "one", Span(3, 10, 3, 13), id="in the first line"),
        pytest.param(Span(3, 9, 4, 16), "two", Span(3, 9, 4, 16), id="twice"),
        pytest.param(Span(3, 9, 4, 16), "five", Span(3, 9, 4, 16), id="not as it is"),
        pytest.param(Span(1, 1, 1, 13), "main", Span(1, 9, 1, 13), id="one line"),
    ],
)
def test_a_part_of_a_text(span: Span, part: str, expected: Span) -> None:
    assert within(FILES, Location("main.go", span), part).span == expected


def test_of_several_lines_all_is_secret() -> None:
    at = Location("main.go", Span(3, 9, 4, 16))
    assert secret_at(FILES, at, "three") == at
