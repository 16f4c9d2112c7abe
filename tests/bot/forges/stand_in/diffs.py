"""Unified diffs as GitHub shows them: hunks without a file header, lines that can be commented on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(frozen=True)
class ChangedFile:
    path: str
    status: str
    previous: str
    before: bytes
    after: bytes

    @property
    def is_binary(self) -> bool:
        return b"\0" in self.before + self.after

    @cached_property
    def patch(self) -> str | None:
        if self.is_binary or self.before == self.after:
            return None
        lines = list(difflib.unified_diff(_lines(self.before), _lines(self.after), n=3))
        return "".join(map(_ended, lines[2:])).removesuffix("\n")

    @cached_property
    def changes(self) -> int:
        return sum(line[:1] in ("+", "-") for line in (self.patch or "").split("\n"))

    def hunk_of(self, line: int) -> int | None:
        """Which hunk shows this line of the new side; None where none does."""
        hunk, number = 0, 0
        for text in (self.patch or "").split("\n"):
            if start := _HUNK.match(text):
                hunk, number = hunk + 1, int(start[1])
            elif text[:1] in (" ", "+"):
                if number == line:
                    return hunk
                number += 1
        return None


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[ChangedFile]:
    """A new file that shares most of its lines with one that is gone is a rename."""
    gone = [path for path in before if path not in after]
    changed = []
    for path in sorted({*before, *after}):
        if path in after and path not in before:
            previous = next((old for old in gone if _alike(before[old], after[path])), "")
            if previous:
                gone.remove(previous)
                changed.append(ChangedFile(path, "renamed", previous, before[previous], after[path]))
            else:
                changed.append(ChangedFile(path, "added", "", b"", after[path]))
        elif path in after and before[path] != after[path]:
            changed.append(ChangedFile(path, "modified", "", before[path], after[path]))
    return changed + [ChangedFile(path, "removed", "", before[path], b"") for path in gone]


def follow(before: bytes, after: bytes, line: int) -> int | None:
    """Where a line is afterwards; None where it is not there any more."""
    blocks = difflib.SequenceMatcher(
        None, _lines(before), _lines(after), autojunk=False
    ).get_matching_blocks()
    for block in blocks:
        if block.a < line <= block.a + block.size:
            return line - block.a + block.b
    return None


def _alike(one: bytes, other: bytes) -> bool:
    shared = set(_lines(one)) & set(_lines(other))
    return len(shared) * 2 > max(len(_lines(one)), len(_lines(other)))


def _lines(content: bytes) -> list[str]:
    """With their ends, as git has them: only a line feed ends one."""
    return [line for line in re.split(r"(?<=\n)", content.decode("utf-8", "replace")) if line]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
