"""tree-sitter's tree of a Java file, walked once from left to right. Bounded in time, never recursive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from time import thread_time

import tree_sitter_java
from tree_sitter import Language, Node, Tree

from analyzers.parsers.bounded_tree import parse_bounded
from analyzers.parsers.problem import Unreadable

MAX_BYTES = 1 << 20
SECONDS = 0.7
"""Of this thread's processor time, for parsing and as much again for the walk."""
_MOST_LEVELS = 500
_SMALL_BYTES = 16 << 10
_NODES_BETWEEN_LOOKS = 4096
_STATEMENT_END = re.compile(rb"[;{}]")
_STEPS = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())


@cache
def _language() -> Language:
    return Language(tree_sitter_java.language())


def parse_tree(source: bytes) -> Tree:
    """The syntax tree. Raises Unreadable for what is too large, too deep, no text, or takes too long."""
    if len(source) > MAX_BYTES:
        raise Unreadable("larger than 1 MiB")
    if b"\0" in source:
        raise Unreadable("not a text file", source.count(b"\n", 0, source.index(b"\0")) + 1)
    if _depth(source) > _MOST_LEVELS:
        raise Unreadable(f"nested deeper than {_MOST_LEVELS} levels")
    tree = parse_bounded(_language(), source, thread_time() + SECONDS, _SMALL_BYTES)
    if tree is None:
        raise Unreadable(f"takes longer than {SECONDS:g} s to parse")
    return tree


def _depth(source: bytes) -> int:
    """The most brackets open at a place, those in texts and comments counted as well."""
    brackets = max(accumulate(map(_STEPS.__getitem__, source.translate(None, _OTHERS))), default=0)
    angles = (each.count(b"<") - each.count(b">") for each in _STATEMENT_END.split(source))
    return max(brackets, *angles)


def walk(tree: Tree) -> Iterator[tuple[bool, Node]]:
    """Each named node twice: (True, node) before its children, (False, node) after them.

    Raises Unreadable when it takes too long.
    """
    cursor, deadline, seen = tree.walk(), thread_time() + SECONDS, 0
    node = cursor.node
    while node is not None:
        seen += 1
        if seen % _NODES_BETWEEN_LOOKS == 0 and thread_time() > deadline:
            raise Unreadable(f"takes longer than {SECONDS:g} s to read")
        yield True, node
        if not cursor.goto_first_child():
            yield False, node
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent() or cursor.node is None:
                    return
                yield False, cursor.node
        node = cursor.node
