"""`.dockerignore`: which paths of a build context are not sent to the builder.

Rules: https://docs.docker.com/build/concepts/context/#dockerignore-files and
https://github.com/moby/patternmatcher
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.parsers.light import light_value
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.wildcard import Wildcard, compile_wildcard, has_wildcard

MAX_BYTES = 1 << 20
MAX_PATTERNS = 10_000
_MOST_GLUED = 4
_ANY_DEPTH = "**"
_MANY_STARS = re.compile(r"\*{2,}")

Part = str | Wildcard
"""`**`, a name, or a pattern of one path component."""


@light_value
class Pattern:
    """One line. A line with `**` glued to other characters stands for several ways to read it."""

    text: str
    line: int
    is_exception: bool
    readings: tuple[tuple[Part, ...], ...]

    def matches(self, parts: list[str]) -> bool:
        """Whether the path or a folder above it fits."""
        return any(_fits(reading, parts) for reading in self.readings)


@light_value
class Ignores:
    """The patterns of one file, in order: the last one that matches a path decides."""

    patterns: tuple[Pattern, ...]

    def excludes(self, path: str) -> bool:
        """Whether a path, relative to the context, stays out of it."""
        parts = path.strip("/").split("/")
        is_excluded = False
        for pattern in self.patterns:
            if pattern.is_exception == is_excluded and pattern.matches(parts):
                is_excluded = not pattern.is_exception
        return is_excluded


def parse_dockerignore(text: str) -> Ignores:
    """Read the file. Raises Unreadable past 1 MiB or MAX_PATTERNS patterns, and for a broken one."""
    if len(text) > MAX_BYTES:
        raise Unreadable("the file is larger than 1 MiB")
    patterns = tuple(_patterns(text.removeprefix("\ufeff")))
    return Ignores(patterns)


def _patterns(text: str) -> Iterator[Pattern]:
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        pattern = "" if line.startswith("#") else line.strip()
        is_exception = pattern.startswith("!")
        cleaned = _cleaned(pattern[is_exception:].strip())
        if not cleaned:
            continue
        count += 1
        if count > MAX_PATTERNS:
            raise Unreadable(f"the file has more than {MAX_PATTERNS:,} patterns", number)
        yield Pattern(pattern, number, is_exception, tuple(_readings(cleaned, number)))


def _cleaned(pattern: str) -> str:
    """Go's filepath.Clean, and the root's slash off."""
    if not pattern:
        return ""
    cleaned = posixpath.normpath(pattern).lstrip("/")
    return "" if cleaned == "." else cleaned


def _readings(pattern: str, line: int) -> Iterator[tuple[Part, ...]]:
    """`a**b` crosses folders: it is `a*b`, or `a*`, any folders, and `*b`."""
    for written in _unglued(pattern):
        yield tuple(_part(component, line) for component in written)


def _unglued(pattern: str) -> list[list[str]]:
    readings: list[list[str]] = [[]]
    glued = 0
    for component in pattern.split("/"):
        is_any_depth = len(component) > 1 and not component.strip("*")
        pieces = [_ANY_DEPTH] if is_any_depth else _MANY_STARS.split(component)
        if len(pieces) == 1:
            for reading in readings:
                reading.append(pieces[0])
            continue
        glued += len(pieces) - 1
        if glued > _MOST_GLUED:
            return []
        readings = [[*reading, *choice] for reading in readings for choice in _choices(pieces)]
    return readings


def _choices(pieces: list[str]) -> list[list[str]]:
    choices = [[pieces[0]]]
    for piece in pieces[1:]:
        choices = [
            grown
            for choice in choices
            for grown in (
                [*choice[:-1], f"{choice[-1]}*{piece}"],
                [*choice[:-1], f"{choice[-1]}*", _ANY_DEPTH, f"*{piece}"],
            )
        ]
    return choices


def _part(component: str, line: int) -> Part:
    if component == _ANY_DEPTH or not has_wildcard(component):
        return component
    wildcard = compile_wildcard(component)
    if wildcard is None:
        raise Unreadable("a pattern is broken", line)
    return wildcard


def _fits(reading: tuple[Part, ...], parts: list[str]) -> bool:
    """Match components from the left; `**` goes back to at most one earlier place, so this never explodes.

    Reaching the end of the pattern is enough: what lies below a matched folder goes with it.
    """
    at = index = 0
    retry: tuple[int, int] | None = None
    while index < len(reading):
        if reading[index] == _ANY_DEPTH:
            if index + 1 == len(reading):
                return at < len(parts)
            retry = (index + 1, at)
            index += 1
        elif at < len(parts) and _equals(reading[index], parts[at]):
            index, at = index + 1, at + 1
        elif retry is not None and retry[1] < len(parts):
            retry = (retry[0], retry[1] + 1)
            index, at = retry
        else:
            return False
    return True


def _equals(part: Part, name: str) -> bool:
    return part == name if isinstance(part, str) else part.matches(name)
