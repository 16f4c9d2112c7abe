"""Where a line of an earlier commit stands in a later one."""

from __future__ import annotations

from bot.review.diff import parse_patch


def follow(line: int, patch: str) -> int | None:
    """The line's number after `patch`, None where the patch removes or rewrites it."""
    rows = [row for hunk in parse_patch(patch).hunks for row in hunk.rows]
    removed = [row.old for row in rows if row.sign == "-" and row.old is not None]
    if line in removed:
        return None
    moved = line - sum(old < line for old in removed)
    for new in sorted(row.new for row in rows if row.sign == "+" and row.new is not None):
        if new > moved:
            break
        moved += 1
    return moved
