"""tree-sitter's tree of a text, given up after a time."""

from __future__ import annotations

from itertools import count
from time import thread_time

from tree_sitter import Language, Parser, Tree

_CHUNK = 1 << 16
_STEPS_BETWEEN_CLOCKS = 64


def parse_bounded(language: Language, source: bytes, deadline: float, small: int) -> Tree | None:
    """The syntax tree; None past a deadline of time.thread_time().

    Up to `small` bytes no text is worth the watch. To watch it, tree-sitter must be given the text by a
    function, and of what that returns its Python binding never lets go (0.26.1): a process that lives long
    would keep every file it has read.
    """
    parser = Parser(language)
    if len(source) <= small:
        return parser.parse(source)
    steps = count(1)
    try:
        return parser.parse(
            lambda offset, _: source[offset : offset + _CHUNK],
            progress_callback=lambda *_: not next(steps) % _STEPS_BETWEEN_CLOCKS and thread_time() > deadline,
        )
    except ValueError:
        return None
