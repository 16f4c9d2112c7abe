"""What GitHub takes at most, and texts cut to it with the cut announced.

Sizes are those of https://github.com/github/rest-api-description (check-runs) and of its own refusals.
"""

from __future__ import annotations

import re
import unicodedata

ANNOTATIONS_A_REQUEST = 50
TITLE = 255
SUMMARY = 65_535
BODY = 65_536
MESSAGE_BYTES = 64 * 1024

BUTTON_LABEL = 20
BUTTON_DESCRIPTION = 40
BUTTON_IDENTIFIER = 20
BUTTONS = 3

_CUT = "\n\n*Cut here: GitHub takes no longer text.*"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LONGEST_FENCE = 80
_LONGEST_LINK = 2_000
_ROOM_FOR_ENDS = 100
_WHOLE_LINK = re.compile(r"\[[^\]]*\](?:[^(]|\([^)]*\))")
_JOINER = "\u200d"


def cut_text(text: str, most: int) -> str:
    """Markdown of at most so many characters, cut between paragraphs, else lines, else characters.

    No link is cut in two, and what stands open where the cut falls is closed: a code block, a folded part.
    """
    if len(text) <= most:
        return text
    kept = _shortened(text, most - len(_CUT) - _ROOM_FOR_ENDS)
    fence, folded = _open_ends(kept)
    if len(fence) > _LONGEST_FENCE:
        kept, fence = kept[: kept.index(fence)], ""
    elif not fence:
        kept = _without_half_link(kept)
    return kept + (f"\n{fence}" if fence else "") + ("\n\n</details>" if folded else "") + _CUT


def cut_line(text: str, most: int) -> str:
    """One line of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def cut_bytes(text: str, most: int) -> str:
    """Text of at most so many bytes in UTF-8, cut between characters."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    return encoded[: most - len("…".encode())].decode(errors="ignore") + "…"


def _shortened(text: str, most: int) -> str:
    kept = text[:most]
    for gap in ("\n\n", "\n"):
        if (end := kept.rfind(gap)) > most // 2:
            return kept[:end]
    end = most
    while end and _is_joined(text, end):
        end -= 1
    return text[:end]


def _is_joined(text: str, place: int) -> bool:
    """Whether what a reader sees as one character goes on at a place."""
    following, before = text[place], text[place - 1]
    is_mark = unicodedata.combining(following) or unicodedata.category(following) in ("Mn", "Me")
    return bool(is_mark) or _JOINER in (following, before)


def _open_ends(text: str) -> tuple[str, bool]:
    """The fence of a code block that is still open, and whether a folded part is."""
    fence, folded = "", 0
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            folded += line.startswith("<details>") - line.startswith("</details>")
    return fence, folded > 0


def _without_half_link(text: str) -> str:
    start = text.rfind("[", max(0, len(text) - _LONGEST_LINK))
    return text if start < 0 or _WHOLE_LINK.match(text, start) else text[:start]
