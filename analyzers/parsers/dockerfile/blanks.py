"""What counts as a blank: Go's notion, which BuildKit uses, not Python's."""

from __future__ import annotations

import re

# https://pkg.go.dev/unicode#IsSpace; Python's own set has U+001C to U+001F besides.
SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
BETWEEN_WORDS = re.compile(r"[\t\v\f\r ]+")


def stripped(text: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """The bounds of a stretch of text without the blanks at both ends."""
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip(SPACES))
    return (start + left, start + max(left, len(stretch.rstrip(SPACES))))
