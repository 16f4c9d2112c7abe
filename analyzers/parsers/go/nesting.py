"""How deep a Go file is nested and how many tokens it has, told from its bytes before anything is parsed."""

from __future__ import annotations

from itertools import accumulate

MOST_LEVELS = 1_000
MOST_SIGNS = 350_000
"""A syntax tree takes up to 700 bytes for each sign between two words; ordinary Go of 1 MiB has 200,000."""
_HARMLESS_BYTES = 64 * 1024
_SIGNS = b"!%&()*+,-./:;<=>[]^{|}"
_STEPS = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())


def is_too_deep(source: bytes) -> bool:
    """Whether a large file would cost the parser hundreds of bytes of memory for each byte of source.

    Brackets in texts and comments count as well; nobody writes a thousand of them without their partners.
    """
    if len(source) <= _HARMLESS_BYTES:
        return False
    steps = map(_STEPS.__getitem__, source.translate(None, _OTHERS))
    return max(accumulate(steps), default=0) > MOST_LEVELS


def is_too_dense(source: bytes) -> bool:
    """Whether a file has more tokens than fit in memory as a tree."""
    return len(source) > MOST_SIGNS and len(source) - len(source.translate(None, _SIGNS)) > MOST_SIGNS
