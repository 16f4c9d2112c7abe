"""Patterns of `hashFiles` and `cache-dependency-path`, matched against the files of a tree.

Rules: https://github.com/actions/toolkit/tree/main/packages/glob. They start from the workspace, whatever
the working directory; a folder that matches stands for all that is in it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from analyzers.parsers.wildcard import Wildcard, compile_wildcard, has_wildcard

_ANY_DEPTH = "**"


class _Pattern(NamedTuple):
    """The parts of a pattern, None for any number of folders. `literal` is in every path that fits."""

    parts: Sequence[Wildcard | None]
    literal: str


def find_matches(patterns: Iterable[str], tree: Collection[str]) -> bool | None:
    """Whether a file is left by the patterns taken together; None where one leads out of the workspace."""
    wanted: list[tuple[bool, _Pattern]] = []
    for written in patterns:
        text = written.strip()
        if not text or text.startswith("#"):
            continue
        is_negative = (len(text) - len(text.lstrip("!"))) % 2 == 1
        compiled = _compile(text.lstrip("!").strip())
        if compiled is None:
            return None
        wanted.append((is_negative, compiled))
    return any(_is_left(path, wanted) for path in tree)


def _compile(pattern: str) -> _Pattern | None:
    if pattern.startswith(("/", "~", "$")) or "${{" in pattern:
        return None
    normal = posixpath.normpath(pattern)
    if normal.startswith(".."):
        return None
    parts: list[Wildcard | None] = []
    names = normal.split("/") if normal != "." else []
    for part in names:
        wildcard = None if part == _ANY_DEPTH else compile_wildcard(part)
        if part != _ANY_DEPTH and wildcard is None:
            return None
        parts.append(wildcard)
    return _Pattern(parts, max((name for name in names if not has_wildcard(name)), key=len, default=""))


def _is_left(path: str, wanted: Iterable[tuple[bool, _Pattern]]) -> bool:
    """The last pattern that matches decides."""
    is_left = False
    for is_negative, pattern in wanted:
        if is_left is is_negative and pattern.literal in path and _matches(pattern.parts, path.split("/")):
            is_left = not is_negative
    return is_left


def _matches(pattern: Sequence[Wildcard | None], parts: Sequence[str]) -> bool:
    """Whether a path, or a folder it lies in, fits: each part moves a set of places in the pattern on."""
    places = _with_skipped({0}, pattern)
    for part in parts:
        if len(pattern) in places:
            return True
        moved: set[int] = set()
        for place in places:
            wildcard = pattern[place]
            if wildcard is None:
                moved.add(place)
            elif wildcard.matches(part):
                moved.add(place + 1)
        places = _with_skipped(moved, pattern)
    return len(pattern) in places


def _with_skipped(places: set[int], pattern: Sequence[Wildcard | None]) -> set[int]:
    """`**` may stand for no folder at all."""
    found = set(places)
    for place in sorted(places):
        while place < len(pattern) and pattern[place] is None:
            place += 1
            found.add(place)
    return found
