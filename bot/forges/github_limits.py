"""What GitHub takes at most, and texts cut to it with the cut announced.

Sizes are those of https://github.com/github/rest-api-description (check-runs) and of its own refusals.
"""

from __future__ import annotations

ANNOTATIONS_A_REQUEST = 50
TITLE = 255
SUMMARY = 65_535
BODY = 65_536
MESSAGE_BYTES = 64 * 1024

_CUT = "\n\n*Cut here: GitHub takes no longer text.*"


def cut_text(text: str, most: int) -> str:
    """Markdown of at most so many characters, cut between paragraphs if possible; a code block is closed."""
    if len(text) <= most:
        return text
    kept = _whole_paragraphs(text[: most - len(_CUT) - len("\n```")])
    if kept.count("\n```") % 2 != kept.startswith("```"):
        kept += "\n```"
    return kept + _CUT


def cut_line(text: str, most: int) -> str:
    """One line of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def cut_bytes(text: str, most: int) -> str:
    """Text of at most so many bytes in UTF-8, cut between characters."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    return encoded[: most - len("…".encode())].decode(errors="ignore") + "…"


def _whole_paragraphs(text: str) -> str:
    end = text.rfind("\n\n")
    return text[:end] if end > len(text) // 2 else text
