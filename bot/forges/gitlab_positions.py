"""Where a comment stands, in the words GitLab insists on.

Both paths always. An added line has only its new number, an unchanged one both: anything else is refused
with `line_code can't be blank`. https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from bot.forges.base import FileDiff, NewThread
from bot.forges.gitlab_change import GitlabChange
from bot.review.diff import Hunk, Row, parse_patch

Position = dict[str, Any]


def positions(change: GitlabChange, thread: NewThread) -> Iterator[Position]:
    """From the exact to the coarse: the range, its last line, the file. None at all for an unlisted file."""
    file = next((one for one in change.files if one.path == thread.path), None)
    if file is None:
        return
    place = _place(change, file)
    hunk = parse_patch(file.patch).hunk_at(thread.line) if thread.line is not None else None
    if hunk and thread.line is not None:
        line = {**place, "position_type": "text", **_numbers(hunk.head_rows[thread.line])}
        if thread.start_line is not None and hunk.spans(thread.start_line, thread.line - 1):
            yield {**line, "line_range": _range(file.path, hunk, thread.start_line, thread.line)}
        yield line
    yield {**place, "position_type": "file"}


def line_code(path: str, hunk: Hunk, row: Row) -> str:
    """GitLab's name for a line of a diff: its path's digest, and where both sides have come to there."""
    digest = hashlib.sha1(path.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()
    return f"{digest}_{_old_place(hunk, row)}_{row.new}"


def _place(change: GitlabChange, file: FileDiff) -> Position:
    return {
        "base_sha": change.base,
        "start_sha": change.start,
        "head_sha": change.head,
        "old_path": file.previous_path or file.path,
        "new_path": file.path,
    }


def _numbers(row: Row) -> Position:
    numbers = {"new_line": row.new, "old_line": row.old}
    return {name: number for name, number in numbers.items() if number is not None}


def _range(path: str, hunk: Hunk, start: int, end: int) -> Position:
    return {"start": _end(path, hunk, start), "end": _end(path, hunk, end)}


def _end(path: str, hunk: Hunk, line: int) -> Position:
    row = hunk.head_rows[line]
    kind = {"type": "new"} if row.sign == "+" else {}
    return {"line_code": line_code(path, hunk, row), **kind, **_numbers(row)}


def _old_place(hunk: Hunk, row: Row) -> int:
    """For an added line, the old line that comes next; nought in a file that had none."""
    if row.old is not None:
        return row.old
    index = hunk.rows.index(row)
    after = next((other.old for other in hunk.rows[index:] if other.old is not None), None)
    before = next((other.old for other in reversed(hunk.rows[:index]) if other.old is not None), -1)
    return after if after is not None else before + 1
