"""A fix as the forge's one-click suggestion where it can be one, else as a diff to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analyzers.finding import Edit, Fix
from bot.review.markdown import code, fence
from bot.review.placement import OnLine, Placed

MAX_SHOWN_LINES = 24
"""A longer diff is no help in a comment; the advice stands in its place."""


def suggest(placed: Placed, others: Iterable[Placed], dialect: str) -> str | None:
    """A suggestion block that replaces the comment's own lines; None where the fix does not fit into one.

    It fits if it is a single edit of lines the comment stands on and no other finding is on them: two
    suggestions for a line cannot both be applied.
    """
    spot, fix = placed.spot, placed.finding.fix
    if dialect == "none" or fix is None or not isinstance(spot, OnLine) or len(fix.edits) != 1:
        return None
    if any(_is_in_the_way(other, placed, spot) for other in others) or not _lies_within(fix.edits[0], spot):
        return None
    return fence("\n".join(_mended(spot, fix.edits[0])), _kind(spot, dialect))


def show_fix(fix: Fix | None, sources: Mapping[str, str]) -> str | None:
    """The edits as one diff; None where it would be long or the present text is not known."""
    if fix is None or len({edit.path for edit in fix.edits}) != 1:
        return None
    path = fix.edits[0].path
    source = sources.get(path)
    if source is None and any(edit.end_line >= edit.start_line for edit in fix.edits):
        return None
    lines = [line.rstrip("\r") for line in (source or "").split("\n")]
    ordered = sorted(fix.edits, key=lambda edit: (edit.start_line, edit.end_line))
    shown = [line for edit in ordered for line in _difference(edit, lines)]
    if len(shown) > MAX_SHOWN_LINES:
        return None
    return f"In {code(path)}:\n\n" + fence("\n".join(shown), "diff")


def _is_in_the_way(other: Placed, placed: Placed, spot: OnLine) -> bool:
    if other.finding.fingerprint == placed.finding.fingerprint:
        return False
    return isinstance(other.spot, OnLine) and other.spot.overlaps(spot)


def _lies_within(edit: Edit, spot: OnLine) -> bool:
    if edit.path != spot.path:
        return False
    is_insertion = edit.end_line < edit.start_line
    last = spot.line + 1 if is_insertion else spot.line
    return spot.start <= edit.start_line <= last and edit.end_line <= spot.line


def _mended(spot: OnLine, edit: Edit) -> list[str]:
    """The comment's lines with the edit made, ended as the file's own.

    GitHub commits the ends that stand in the comment: https://github.com/LexiFi/dead_code_analyzer/pull/71
    """
    before = _text(spot, spot.start, edit.start_line - 1)
    after = _text(spot, edit.end_line + 1, spot.line)
    end = "\r" if spot.hunk.head_rows[spot.start].text.endswith("\r") else ""
    return [*before, *(line + end for line in _new_lines(edit)), *after]


def _text(spot: OnLine, start: int, end: int) -> list[str]:
    return [spot.hunk.head_rows[line].text for line in range(start, end + 1)]


def _new_lines(edit: Edit) -> list[str]:
    return [line.rstrip("\r") for line in edit.text.split("\n")] if edit.text else []


def _kind(spot: OnLine, dialect: str) -> str:
    """GitLab wants to know how many lines above the comment's are replaced too."""
    return f"suggestion:-{spot.line - spot.start}+0" if dialect == "gitlab" else "suggestion"


def _difference(edit: Edit, lines: list[str]) -> list[str]:
    removed = [f"-{line}" for line in lines[edit.start_line - 1 : edit.end_line]]
    return [f"@@ line {edit.start_line} @@", *removed, *(f"+{line}" for line in _new_lines(edit))]
