"""How deep a Go file is nested, told from its brackets before anything is parsed."""

from __future__ import annotations

from itertools import accumulate

MOST_LEVELS = 1_000
_HARMLESS_BYTES = 64 * 1024
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
