"""Files that a tool writes out of others: what is wrong there is mended elsewhere."""

from __future__ import annotations

import re

_HEAD = re.compile(r"(?:[ \t]*(?:---|#[^\n]*)?\r?\n){0,20}")
_MARK = re.compile(r"\bgenerated\b[^\n]{0,200}\bdo not (?:edit|modify)\b", re.I)


def is_generated(text: str) -> bool:
    """The comments at its head say so."""
    head = _HEAD.match(text)
    return head is not None and _MARK.search(head[0]) is not None
