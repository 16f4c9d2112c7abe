"""What our summary note says: all of it while there is something to do, one line once there is not."""

from __future__ import annotations

import re

from bot.forges.base import Conclusion, Summary
from bot.forges.gitlab_quick_actions import defuse

_MARK = re.compile(r"<!-- shipworthy:summary problems=(?P<problems>\d{1,6}) -->")
_LOUD = frozenset({Conclusion.FAILURE, Conclusion.NEUTRAL})


def read_mark(body: str) -> int | None:
    """How many problems the note told last time it told any; None where it is no summary of ours.

    Only the last line counts: text of a change that we quote can never be there.
    """
    found = _MARK.fullmatch(body.rstrip().rpartition("\n")[2].strip())
    return int(found["problems"]) if found else None


def write_note(summary: Summary, told_before: int | None) -> str | None:
    """The note's text; None where it is to stay as it is, or not to be."""
    if summary.conclusion in _LOUD and not summary.is_old_news:
        problems = summary.problems or told_before or 0
        return defuse(f"### Shipworthy: {summary.title}\n\n{summary.body}\n\n{_mark(problems)}")
    if told_before is None or summary.conclusion is Conclusion.CANCELLED:
        return None
    return f"{_one_line(summary, told_before)}\n\n{_mark(told_before)}"


def _one_line(summary: Summary, told_before: int) -> str:
    """What was not looked at is not called fixed, nor what people ignore."""
    if summary.conclusion is Conclusion.SKIPPED or not told_before:
        return f"{summary.title}."
    if summary.ignored:
        return f"No problems are left (was {told_before}; {summary.ignored} ignored)."
    return f"All problems are fixed (was {told_before})."


def _mark(problems: int) -> str:
    return f"<!-- shipworthy:summary problems={problems} -->"
