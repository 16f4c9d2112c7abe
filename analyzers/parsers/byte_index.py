"""Turns byte offsets into lines and columns, columns counted in characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from codecs import BOM_UTF8

from analyzers.parsers.position import Span


class ByteIndex:
    def __init__(self, source: bytes) -> None:
        self._source = source
        first = len(BOM_UTF8) if source.startswith(BOM_UTF8) else 0
        self._starts = array("I", [first, *(match.end() for match in re.finditer(b"\n", source))])

    def point(self, offset: int) -> tuple[int, int]:
        """The (line, column) of a byte offset. Bytes that are no UTF-8 count one character each, a byte order
        mark counts none."""
        row = max(bisect_right(self._starts, offset) - 1, 0)
        before = self._source[self._starts[row] : offset]
        return row + 1, (
            len(before) if before.isascii() else len(before.decode(errors="surrogateescape"))
        ) + 1

    def span(self, start: int, end: int) -> Span:
        return Span(*self.point(start), *self.point(end))
