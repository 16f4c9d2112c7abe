"""Where something stands in a text.

Lines and columns are 1-based; columns count characters (code points), not bytes.
`end_column` is one past the last character, as in SARIF.
"""

from __future__ import annotations

from bisect import bisect_right

from analyzers.parsers.light import light_place


@light_place
class Span:
    """A stretch of text: from (line, column) up to but not including (end_line, end_column)."""

    line: int
    column: int
    end_line: int
    end_column: int

    def through(self, other: Span) -> Span:
        """The stretch that begins with this one and ends with the other."""
        return Span(self.line, self.column, other.end_line, other.end_column)


class LineIndex:
    """Turns offsets into a text, counted in characters, into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        while found := text.find("\n", self._starts[-1]) + 1:
            self._starts.append(found)

    def point(self, offset: int) -> tuple[int, int]:
        """The (line, column) of a character offset."""
        row = bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets, the end excluded."""
        starts = self._starts
        row = bisect_right(starts, start)
        before = starts[row - 1] - 1
        if row == len(starts) or end < starts[row]:
            return Span(row, start - before, row, end - before)
        return Span(row, start - before, *self.point(end))
