"""Comments of ours kept from giving GitLab orders.

A line that begins with `/merge`, `/approve` and the like is carried out when a comment is posted, with the
rights of our token. Inside a code block it is not, but older versions end every block at the first line of
three backticks, even one that was begun with four to hold them.
https://docs.gitlab.com/user/project/quick_actions/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ORDER = re.compile(r"/[A-Za-z]")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_GAP = "\u200b"


def defuse(body: str) -> str:
    """The text with a space of no width before what might be an order."""
    return "\n".join(_defused(body.split("\n")))


def _defused(lines: list[str]) -> Iterator[str]:
    fence = ""
    for number, line in enumerate(lines):
        is_safe = fence == "```" and "```" in lines[number:]
        yield _GAP + line if _ORDER.match(line) and not is_safe else line
        if fence:
            fence = "" if line == fence else fence
        elif mark := _FENCE.match(line):
            fence = mark[1]
