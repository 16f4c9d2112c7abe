"""Patterns with `*` and `?`, matched in linear time: no backtracking, whatever the pattern.

Between two stars stands a run of fixed length; taking each run at its earliest place decides whether
a match exists, so nothing ever has to be tried twice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzers.parsers.light import light_record

_SPECIAL = re.compile(r"[*?\[\\]")
_RANGE = re.compile(r"(.)(?:-(.))?", re.S)


@light_record
class Wildcard:
    """A pattern cut at its stars. One run alone means there is no star."""

    runs: tuple[re.Pattern[str], ...]

    def matches(self, text: str) -> bool:
        """Whether the whole text fits."""
        return self.end(text, 0, longest=True) == len(text)

    def end(self, text: str, start: int, *, longest: bool) -> int | None:
        """Where the shortest or longest match that begins at `start` ends; None where none does."""
        first = self.runs[0].match(text, start)
        if first is None or len(self.runs) == 1:
            return first.end() if first else None
        position = first.end()
        for run in self.runs[1:-1]:
            found = run.search(text, position)
            if found is None:
                return None
            position = found.end()
        return self._last(text, position, longest)

    def _last(self, text: str, position: int, longest: bool) -> int | None:
        run = self.runs[-1]
        if not longest:
            found = run.search(text, position)
            return found.end() if found else None
        for start in range(len(text), position - 1, -1):
            found = run.match(text, start)
            if found:
                return found.end()
        return None

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The leftmost, then longest match from `start` on."""
        first = self.runs[0].search(text, start)
        if first is None:
            return None
        end = self.end(text, first.start(), longest=True)
        return None if end is None else (first.start(), end)


@lru_cache(maxsize=1024)
def compile_wildcard(pattern: str, *, classes: bool = True) -> Wildcard | None:
    """Read a pattern: `*`, `?`, a backslash before what is meant as it is, and `[a-z]` with `classes`.

    None where a class does not end or the pattern ends in a backslash.
    """
    runs = [""]
    offset = 0
    while offset < len(pattern):
        item, offset = read_item(pattern, offset, classes=classes)
        if item is None:
            return None
        if item == "*":
            runs.append("")
        else:
            runs[-1] += item
    try:
        return Wildcard(tuple(re.compile(run, re.S) for run in runs))
    except re.error:
        return None


def has_wildcard(text: str) -> bool:
    return bool(_SPECIAL.search(text))


def read_item(pattern: str, offset: int, *, classes: bool = True) -> tuple[str | None, int]:
    """What stands at an offset, `*` or an expression for one character, and where the next begins.

    None where a class does not end or the pattern ends in a backslash.
    """
    character = pattern[offset]
    if character == "*":
        return "*", offset + 1
    if character == "?":
        return ".", offset + 1
    if character == "[" and classes:
        return _class(pattern, offset)
    if character == "\\":
        following = pattern[offset + 1 : offset + 2]
        return (re.escape(following) if following else None), offset + 2
    return re.escape(character), offset + 1


def _class(pattern: str, offset: int) -> tuple[str | None, int]:
    end = pattern.find("]", offset + 2)
    if end < 0:
        return None, offset
    body = pattern[offset + 1 : end]
    negated = body[:1] in ("^", "!")
    inside = _RANGE.sub(_range, body[1:] if negated else body)
    return f"[{'^' if negated else ''}{inside}]", end + 1


def _range(found: re.Match[str]) -> str:
    first, last = found.groups()
    return f"{re.escape(first)}-{re.escape(last)}" if last else re.escape(first)
