"""What a person may say to us in a comment: `/recheck`, `/recheck full`, `/shipworthy <word> …`.

A command is a whole line of its own, outside code, quotations and HTML comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_COMMANDS = 5
MAX_BODY = 65_536
"""Characters looked at. No forge takes longer comments without cutting them."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINE = re.compile(r" {0,3}/(?P<word>recheck|shipworthy)(?:[ \t]+(?P<rest>.*))?")


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is the order, in small letters; `argument` what follows it, as written."""

    name: str
    argument: str = ""


def find_commands(body: str) -> tuple[Command, ...]:
    """The first few commands of a comment, in order."""
    found: list[Command] = []
    for line in _spoken(body[:MAX_BODY]):
        if command := _read(line):
            found.append(command)
        if len(found) == MAX_COMMANDS:
            break
    return tuple(found)


def _read(line: str) -> Command | None:
    match = _LINE.fullmatch(line.rstrip())
    if match is None:
        return None
    rest = (match["rest"] or "").strip()
    if not rest and match["word"] == "shipworthy":
        return Command("help")
    if match["word"] == "recheck":
        return Command("recheck", rest) if rest in ("", "full") else None
    name, *argument = rest.split(maxsplit=1)
    return Command(name.lower(), *argument)


def _spoken(body: str) -> Iterator[str]:
    """The lines that stand in no fence and no HTML comment. Indented and quoted ones match no command."""
    fence = ""
    in_comment = False
    for line in body.replace("\r\n", "\n").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and _closes(line, mark[1], fence):
                fence = ""
        elif in_comment:
            in_comment = "-->" not in line
        elif mark:
            fence = mark[1]
        elif "<!--" in line:
            in_comment = "-->" not in line.rsplit("<!--", 1)[1]
        else:
            yield line


def _closes(line: str, mark: str, fence: str) -> bool:
    return mark[0] == fence[0] and len(mark) >= len(fence) and not line.strip().strip(mark[0])
