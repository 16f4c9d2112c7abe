"""Two commits of a repository on disk compared as a forge would show it.

Plumbing is asked, so nobody's configuration has a say; `--text` keeps `.gitattributes` of the work
tree or the index from hiding a file, `--no-textconv` and `--no-ext-diff` from running a program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzers.git import run_git
from bot.forges.base import FileDiff

MAX_PATCH_BYTES = 1 << 20
"""A longer patch is not shown, as forges do with large diffs."""

_COMPARE = ("diff-tree", "-r", "--find-renames", "-l1000")
_PATCH = ("-p", "--text", "--no-textconv", "--no-ext-diff", "--no-color", "--ignore-submodules=all")
_STATUS = {"A": "added", "D": "removed", "R": "renamed", "C": "added"}


@dataclass(frozen=True, slots=True)
class _Entry:
    letter: str
    path: str
    previous_path: str = ""

    @property
    def sections(self) -> int:
        """A file that becomes a link, or the reverse, is shown as one removed and one added."""
        return 2 if self.letter == "T" else 1


def compare(repository: Path, base: str, head: str) -> tuple[FileDiff, ...]:
    """The files that differ between two commits, given by their ids."""
    entries = list(_entries(run_git(repository, *_COMPARE, "--raw", "-z", base, head)))
    sections = _sections(run_git(repository, *_COMPARE, *_PATCH, base, head))
    return tuple(_file(entry, [next(sections) for _ in range(entry.sections)]) for entry in entries)


def patch_between(repository: Path, base: str, head: str, path: str) -> str:
    """The hunks of one file, without lines around them."""
    section = run_git(repository, "diff-tree", "-r", "--unified=0", *_PATCH, base, head, "--", path)
    return _hunks(section)


def _entries(raw: bytes) -> Iterator[_Entry]:
    fields = iter(raw.decode("utf-8", "surrogateescape").split("\0"))
    for about in fields:
        if not about:
            return
        letter = about.rsplit(" ", 1)[1][0]
        first = next(fields)
        yield _Entry(letter, next(fields), first) if letter in "RC" else _Entry(letter, first)


def _sections(patch: bytes) -> Iterator[bytes]:
    """The patch cut at each file's header; a line of content has a sign in front of it."""
    return iter((b"\n" + patch).split(b"\ndiff --git ")[1:])


def _file(entry: _Entry, sections: list[bytes]) -> FileDiff:
    section = sections[0]
    hidden = len(sections) > 1 or len(section) > MAX_PATCH_BYTES or b"\0" in section
    patch = None if hidden else _hunks(section)
    return FileDiff(entry.path, _STATUS.get(entry.letter, "modified"), patch, entry.previous_path)


def _hunks(section: bytes) -> str:
    start = section.find(b"\n@@ ")
    return "" if start < 0 else section[start + 1 :].decode("utf-8", "replace")
