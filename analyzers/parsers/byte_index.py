"""Turns byte offsets into lines and columns, columns counted in characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from analyzers.parsers.position import Span


class ByteIndex:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._starts = array("I", [0, *(match.end() for match in re.finditer(b"\n", source))])

    def point(self, offset: int) -> tuple[int, int]:
        """The (line, column) of a byte offset. Bytes that are no UTF-8 count one character each."""
        row = bisect_right(self._starts, offset) - 1
        before = self._source[self._starts[row] : offset]
        return row + 1, (
            len(before) if before.isascii() else len(before.decode(errors="surrogateescape"))
        ) + 1

    def span(self, start: int, end: int) -> Span:
        return Span(*self.point(start), *self.point(end))
