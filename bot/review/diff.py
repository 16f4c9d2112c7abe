"""Unified hunks read into rows: which lines of the head the diff shows, and which of them are new.

Takes patches as GitHub, GitLab and git give them: hunks without a file header, cut short or not.
Whatever is no hunk is passed over; a patch past its limit simply shows fewer lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

MAX_LINES = 100_000
"""Lines read of one patch; forges stop showing a diff far below."""

_HEADER = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.{0,200})")
_SIGNS: Mapping[str, Literal["+", "-", " "]] = {"+": "+", "-": "-", " ": " ", "": " "}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a hunk. `old` and `new` are its numbers in base and head, None where it is not there."""

    sign: Literal["+", "-", " "]
    text: str
    """Without the sign and the line feed; a carriage return stays."""
    old: int | None
    new: int | None


@dataclass(frozen=True)
class Hunk:
    """Neighbouring rows. `heading` is what git puts behind the numbers: the function around."""

    rows: tuple[Row, ...]
    heading: str = ""

    @cached_property
    def head_rows(self) -> Mapping[int, Row]:
        """The rows the head has, by their line."""
        return {row.new: row for row in self.rows if row.new is not None}

    @cached_property
    def removals(self) -> tuple[int, ...]:
        """For each stretch of lines that nothing replaces: the line of the head where they were."""
        return tuple(line for line in map(self._line_after, range(len(self.rows))) if line is not None)

    @property
    def added(self) -> tuple[int, ...]:
        """The lines that are new in the head."""
        return tuple(row.new for row in self.rows if row.sign == "+" and row.new is not None)

    def _line_after(self, index: int) -> int | None:
        """The shown line at the end of a pure removal that begins in a row; None elsewhere."""
        before = self.rows[index - 1] if index else None
        if self.rows[index].sign != "-" or (before and before.sign != " "):
            return None
        after = next((row for row in self.rows[index:] if row.sign != "-"), None)
        if after and after.sign == "+":
            return None
        shown = after or before
        return shown.new if shown else None

    def spans(self, start: int, end: int) -> bool:
        """Whether all lines from `start` to `end` are shown here."""
        return 0 <= end - start < len(self.rows) and all(
            line in self.head_rows for line in range(start, end + 1)
        )


@dataclass(frozen=True)
class Diff:
    """The diff of one file."""

    hunks: tuple[Hunk, ...]

    @cached_property
    def _hunk_by_line(self) -> Mapping[int, Hunk]:
        return {line: hunk for hunk in self.hunks for line in hunk.head_rows}

    def hunk_at(self, line: int) -> Hunk | None:
        """The hunk that shows a line of the head; only such a line can carry a comment."""
        return self._hunk_by_line.get(line)

    def is_added(self, line: int) -> bool:
        hunk = self.hunk_at(line)
        return hunk is not None and hunk.head_rows[line].sign == "+"


def parse_patch(patch: str | None) -> Diff:
    """Read a patch. None, as forges give for binary or huge files, shows no line."""
    lines = islice((patch or "").removesuffix("\n").split("\n"), MAX_LINES)
    return Diff(tuple(Hunk(tuple(_rows(header, body)), header[5].strip()) for header, body in _cut(lines)))


def _cut(lines: Iterable[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Each header with the lines below it. Content has a sign in front, so it never looks like a header."""
    header, body = None, list[str]()
    for line in lines:
        if found := _HEADER.match(line):
            if header:
                yield header, body
            header, body = found, []
        else:
            body.append(line)
    if header:
        yield header, body


def _rows(header: re.Match[str], body: Iterable[str]) -> Iterator[Row]:
    """As many rows as the header promises, fewer where the patch is cut or damaged."""
    old, old_end = _range(header[1], header[2])
    new, new_end = _range(header[3], header[4])
    for line in body:
        if line.startswith("\\"):
            continue
        sign = _SIGNS.get(line[:1])
        if sign is None or (old >= old_end and new >= new_end):
            return
        in_old, in_new = sign != "+", sign != "-"
        yield Row(sign, line[1:], old if in_old else None, new if in_new else None)
        old, new = old + in_old, new + in_new


def _range(start: str, count: str | None) -> tuple[int, int]:
    return int(start), int(start) + (1 if count is None else int(count))
