"""Diffs as GitLab shows them, and the codes it gives their lines."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from tests.bot.forges.stand_in.diffs import ChangedFile

_HEADER = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_NO_END = "\\ No newline at end of file\n"

Line = tuple[str, int, int]
"""The sign, and where both sides have come to."""


def patch(file: ChangedFile) -> str:
    """Hunks without a header, each line with its end; nothing for what is binary or unchanged."""
    if file.is_binary or file.before == file.after:
        return ""
    before, after = (_lines(content.decode("utf-8", "replace")) for content in (file.before, file.after))
    told = list(difflib.unified_diff(before, after, lineterm="\n", n=3))[2:]
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in told)


def lines(file: ChangedFile) -> Iterator[Line]:
    """As GitLab's parser counts: an added line has the old number that comes next."""
    old = new = 0
    for text in patch(file).split("\n"):
        if header := _HEADER.match(text):
            old, new = int(header[1]), int(header[2])
        elif text[:1] in (" ", "+", "-"):
            yield text[:1], old, new
            old, new = old + (text[0] != "+"), new + (text[0] != "-")


def line_code(path: str, old: int, new: int) -> str:
    return f"{hashlib.sha1(path.encode()).hexdigest()}_{old}_{new}"


def code_at(file: ChangedFile, position: dict[str, Any]) -> str | None:
    """The code of the line a position means; None where the diff has no such line."""
    wanted = (position.get("old_line"), position.get("new_line"))
    for sign, old, new in lines(file):
        shown = (None if sign == "+" else old, None if sign == "-" else new)
        if shown == wanted:
            return line_code(file.path, old, new)
    return None


def codes(file: ChangedFile) -> set[str]:
    return {line_code(file.path, old, new) for _, old, new in lines(file)}


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + [part for part in parts[-1:] if part]
