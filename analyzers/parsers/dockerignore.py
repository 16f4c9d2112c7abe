"""`.dockerignore`: which paths of a build context are not sent to the builder.

Rules: https://docs.docker.com/build/concepts/context/#dockerignore-files and
https://github.com/moby/patternmatcher
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.parsers.glued_stars import GluedStars, read_glued_stars
from analyzers.parsers.light import light_value
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.wildcard import Wildcard, compile_wildcard, has_wildcard

MAX_BYTES = 1 << 20
MAX_PATTERNS = 10_000
_ANY_DEPTH = "**"

Part = str | Wildcard
"""`**`, a name, or a pattern of one path component."""


@light_value
class Pattern:
    """One line. `glued` is there instead of `parts` where `**` stands beside other characters."""

    text: str
    line: int
    is_exception: bool
    parts: tuple[Part, ...]
    glued: GluedStars | None = None

    def matches(self, parts: list[str]) -> bool:
        """Whether the path or a folder above it fits."""
        return self.glued.matches("/".join(parts)) if self.glued else _fits(self.parts, parts)


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
        if is_exception and not pattern[1:].strip().strip("/"):
            raise Unreadable("an exception names nothing", number)
        cleaned = _cleaned(pattern[is_exception:].strip())
        if not cleaned:
            continue
        count += 1
        if count > MAX_PATTERNS:
            raise Unreadable(f"the file has more than {MAX_PATTERNS:,} patterns", number)
        if _is_glued(cleaned):
            yield Pattern(pattern, number, is_exception, (), _glued(cleaned, number))
        else:
            parts = tuple(_part(component, number) for component in cleaned.split("/"))
            yield Pattern(pattern, number, is_exception, parts)


def _cleaned(pattern: str) -> str:
    """Go's filepath.Clean, and the root's slash off."""
    if not pattern:
        return ""
    cleaned = posixpath.normpath(pattern).lstrip("/").strip()
    return "" if cleaned == "." else cleaned


def _is_glued(pattern: str) -> bool:
    return any("**" in component and component != _ANY_DEPTH for component in pattern.split("/"))


def _glued(pattern: str, line: int) -> GluedStars:
    glued = read_glued_stars(pattern)
    if glued is None:
        raise Unreadable("a pattern is broken", line)
    return glued


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
