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


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\n\n  b", "a\nb\n"])
def test_a_block_is_what_its_lines_are(text: str) -> None:
    block = JoinedText.of_block(text, 7, 3)
    lines = JoinedText(Piece(line, 7 + row, 3) for row, line in enumerate(_lines(text)))

    assert block.text == lines.text
    assert [block.point(at) for at in range(len(text) + 1)] == [
        lines.point(at) for at in range(len(text) + 1)
    ]
    assert (block.beginning, block.ending) == (lines.beginning, lines.ending)


def test_another_text_stands_in_the_same_places() -> None:
    other = JOINED.with_text("wxyz!?")

    assert other.text == "wxyz!?"
    assert [other.point(at) for at in range(6)] == [JOINED.point(at) for at in range(6)]


def _lines(text: str) -> list[str]:
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), last]
