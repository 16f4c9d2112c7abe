"""Patterns of `.dockerignore` in which `**` stands beside other characters: `a**b`, `**.go`.

https://github.com/moby/patternmatcher makes `(.*/)?` of it, which takes folders with their slash, so that
`a**b` is no `axb`. Here all places of a path that a pattern may have got to are followed at once, as the bits
of a number: nothing is tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analyzers.parsers.light import light_record
from analyzers.parsers.wildcard import has_wildcard, read_item

MOST_STARS = 4
_STAR, _FOLDERS, _REST = "*", "**/", "**"
_NEVER = "(?!)"
Step = str
"""One of these three, or an expression for one character."""


@light_record
class GluedStars:
    """`suffix` is what paths end in where the pattern is `**` and plain text; else there are `steps`."""

    steps: tuple[Step, ...]
    suffix: str = ""

    def matches(self, path: str) -> bool:
        """Whether the path or a folder above it fits."""
        known = _places_of(path)
        if self.suffix:
            return any(path.endswith(self.suffix, 0, end) for end in known.ends)
        places = 1
        for step in self.steps:
            if not places or step == _REST:
                break
            places = known.after(step, places)
        return bool(places if self.steps[-1] == _REST else places & known.ending)


class _Places:
    """One path; the bit of a place is set where a character fits that begins there."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.ends = [*(at for at, character in enumerate(path) if character == "/"), len(path)]
        self.ending = sum(1 << end for end in self.ends)
        self._fitting: dict[Step, int] = {}

    def after(self, step: Step, places: int) -> int:
        """The places that a step leads to."""
        if step == _STAR:
            others = self._fits("[^/]")
            return places | (((places & others) + others) ^ others)
        if step == _FOLDERS:
            first = places & -places
            return places | ((self._fits("/") & ~(first - 1)) << 1)
        return (places & self._fits(step)) << 1

    def _fits(self, step: Step) -> int:
        if step not in self._fitting:
            found = re.compile(step, re.S).finditer(self.path)
            self._fitting[step] = sum(1 << each.start() for each in found)
        return self._fitting[step]


@lru_cache(maxsize=32)
def _places_of(path: str) -> _Places:
    return _Places(path)


def read_glued_stars(pattern: str) -> GluedStars | None:
    """None for a pattern that is broken. One with more than MOST_STARS fits nothing."""
    plain = pattern[2:]
    if pattern.startswith("**") and plain and not has_wildcard(plain) and "]" not in plain:
        return GluedStars((), plain)
    if pattern.count("**") > MOST_STARS:
        return GluedStars((_NEVER,))
    steps = tuple(_steps(pattern))
    return None if None in steps else GluedStars(tuple(step for step in steps if step is not None))


def _steps(pattern: str) -> Iterator[Step | None]:
    offset = 0
    while offset < len(pattern):
        if pattern.startswith("**", offset):
            offset += 3 if pattern.startswith("/", offset + 2) else 2
            yield _FOLDERS if offset < len(pattern) else _REST
            continue
        item, offset = read_item(pattern, offset)
        yield "[^/]" if item == "." else item if item and (item == _STAR or _is_sound(item)) else None
        if item is None:
            return


def _is_sound(item: str) -> bool:
    try:
        return bool(re.compile(item, re.S))
    except re.error:
        return False
