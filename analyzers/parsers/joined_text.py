"""A text put together from pieces of a file that remembers where each piece stood.

An instruction over several lines, a heredoc, a block scalar: one text to its reader, with gaps in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, overload

from analyzers.parsers.position import Span


class Places(Protocol):
    """Tells where in the file a character of a text stands."""

    def point(self, offset: int) -> tuple[int, int]:
        """The (line, column) of a character offset."""
        ...

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets, the end excluded."""
        ...


class Piece(NamedTuple):
    """A stretch of one line, and where it begins. A newline may only be its last character."""

    text: str
    line: int
    column: int


class Stretch(Protocol):
    """A part of a text, between two character offsets."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Stretches(Sequence[Span]):
    """Where the parts of a text stand, each worked out when it is asked for: of most nobody asks."""

    __slots__ = ("_parts", "_places")

    def __init__(self, places: Places, parts: Sequence[Stretch]) -> None:
        self._places = places
        self._parts = parts

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> Stretches: ...

    def __getitem__(self, index: int | slice) -> Span | Stretches:
        if isinstance(index, slice):
            return Stretches(self._places, self._parts[index])
        part = self._parts[index]
        return self._places.span(part.start, part.end)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stretches) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


_AT_ONCE = (0,)


class JoinedText:
    """The pieces' text as one, with the place of each character."""

    __slots__ = ("_columns", "_lines", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        starts: list[int] = []
        lines: list[int] = []
        columns: list[int] = []
        texts: list[str] = []
        offset = 0
        for text, line, column in pieces:
            texts.append(text)
            starts.append(offset)
            lines.append(line)
            columns.append(column)
            offset += len(text)
        self.text = "".join(texts)
        self._starts: Sequence[int] = starts
        self._lines: Sequence[int] = lines
        self._columns: Sequence[int] = columns

    @classmethod
    def of_line(cls, text: str, line: int, column: int) -> JoinedText:
        """One piece alone, which is the rule: made in a third of the time."""
        joined = cls.__new__(cls)
        joined.text = text
        joined._starts, joined._lines, joined._columns = _AT_ONCE, (line,), (column,)
        return joined

    @classmethod
    def of_block(cls, text: str, line: int, column: int) -> JoinedText:
        """Lines one below the other that all begin in the same column: made in a fifth of the time."""
        joined = cls.__new__(cls)
        joined.text = text
        starts = [0]
        while start := text.find("\n", starts[-1]) + 1:
            starts.append(start)
        joined._starts, joined._lines = starts, range(line, line + len(starts))
        joined._columns = (column,) * len(starts)
        return joined

    def with_text(self, text: str) -> JoinedText:
        """Another text in the same places, of the same length or longer in its last piece."""
        joined = JoinedText.__new__(JoinedText)
        joined.text = text
        joined._starts, joined._lines, joined._columns = self._starts, self._lines, self._columns
        return joined

    def point(self, offset: int) -> tuple[int, int]:
        """The (line, column) of a character offset; one past the end is allowed."""
        at = bisect_right(self._starts, offset) - 1
        return self._lines[at], self._columns[at] + offset - self._starts[at]

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets, the end excluded."""
        at = bisect_right(self._starts, start) - 1
        line, column = self._lines[at], self._columns[at] + start - self._starts[at]
        if end <= start:
            return Span(line, column, line, column)
        is_one_piece = at + 1 == len(self._starts) or end <= self._starts[at + 1]
        end_line, last = (line, column + end - 1 - start) if is_one_piece else self.point(end - 1)
        return Span(line, column, end_line, last + (self.text[end - 1] != "\n"))

    @property
    def beginning(self) -> tuple[int, int]:
        """The (line, column) of the first piece, even where it is empty."""
        return self._lines[0], self._columns[0]

    @property
    def ending(self) -> tuple[int, int]:
        """The (line, column) just after the last piece, even where it is empty."""
        return self._lines[-1], self._columns[-1] + len(self.text) - self._starts[-1]

    def slice(self, start: int, end: int | None = None) -> JoinedText:
        """The stretch between two offsets, places kept."""
        end = len(self.text) if end is None else end
        if len(self._starts) == 1:
            return JoinedText.of_line(self.text[start:end], self._lines[0], self._columns[0] + start)
        return JoinedText(self.pieces(start, end))

    def pieces(self, start: int, end: int) -> Iterable[Piece]:
        """What the stretch between two offsets is put together from; never nothing at all."""
        if start >= end:
            yield Piece("", *self.point(start))
            return
        at = bisect_right(self._starts, start) - 1
        while start < end:
            stop = self._starts[at + 1] if at + 1 < len(self._starts) else end
            yield Piece(self.text[start : min(stop, end)], *self.point(start))
            start = max(stop, start)
            at += 1
