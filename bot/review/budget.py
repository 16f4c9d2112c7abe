"""Long texts cut where they may be cut: between blocks, or between the rows of one; and it is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ROOM_FOR_NOTICES = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown that is shown whole or, if it has rows, with fewer of them.

    `more` says how many are missing: a row itself, with `{count}` in it.
    """

    opening: str
    rows: Sequence[str] = ()
    closing: str = ""
    more: str = "- … and {count} more"

    def with_rows(self, count: int) -> str:
        missing = len(self.rows) - count
        notice = [self.more.format(count=missing)] if missing else []
        lines = [self.opening, *self.rows[:count], *notice, self.closing]
        return "\n".join(line for line in lines if line)


def fit(blocks: Iterable[Block], tail: str, limit: int) -> str:
    """The blocks with an empty line between them, then the tail, in at most `limit` bytes of UTF-8.

    What does not fit is left out and the reader is told.
    """
    room = limit - _size(tail) - _ROOM_FOR_NOTICES
    said: list[str] = []
    was_cut = False
    for block in blocks:
        text = _shrink(block, room - 2)
        was_cut |= text is None
        if text:
            said.append(text)
            room -= _size(text) + 2
    if was_cut:
        said.append("_This text was shortened: it would have been longer than a comment may be._")
    return "\n\n".join([*said, tail] if tail else said)


def _shrink(block: Block, room: int) -> str | None:
    """The block with as many rows as there is room for; None where not even one has any."""
    whole = block.with_rows(len(block.rows))
    if _size(whole) <= room:
        return whole
    left = room - _size(block.with_rows(0)) - _ROOM_FOR_NOTICES
    count = 0
    for row in block.rows:
        left -= _size(row) + 1
        if left < 0:
            break
        count += 1
    return block.with_rows(count) if count else None


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
