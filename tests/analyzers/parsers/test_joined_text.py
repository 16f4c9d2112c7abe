"""Texts made of pieces that know where they stood."""

from __future__ import annotations

import pytest

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span

JOINED = JoinedText([Piece("", 1, 1), Piece("ab ", 2, 3), Piece("", 4, 1), Piece("cd", 5, 2)])


@pytest.mark.parametrize(("offset", "point"), [(0, (2, 3)), (2, (2, 5)), (3, (5, 2)), (5, (5, 4))])
def test_a_character_stands_at(offset: int, point: tuple[int, int]) -> None:
    assert JOINED.point(offset) == point


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        pytest.param(1, 1, Span(2, 4, 2, 4), id="nothing"),
        pytest.param(0, 3, Span(2, 3, 2, 6), id="up to a gap"),
        pytest.param(1, 4, Span(2, 4, 5, 3), id="over a gap"),
    ],
)
def test_a_stretch_stands_at(start: int, end: int, span: Span) -> None:
    assert JOINED.span(start, end) == span


def test_its_bounds_count_empty_pieces() -> None:
    assert (JOINED.beginning, JOINED.ending) == ((1, 1), (5, 4))


@pytest.mark.parametrize(
    ("start", "end", "text"), [(2, 2, ""), (1, None, "b cd"), (1, 4, "b c"), (3, 5, "cd")]
)
def test_a_slice_keeps_its_places(start: int, end: int | None, text: str) -> None:
    part = JOINED.slice(start, end)

    assert part.text == text
    assert part.point(0) == JOINED.point(start)
