"""tree-sitter's tree of a script, walked once from left to right. Bounded in time, never recursive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache

import tree_sitter_bash
from tree_sitter import Language, Node, Parser, Tree

from analyzers.parsers.problem import Unreadable

MAX_BYTES = 1 << 20
# The grammar's pipeline costs memory with the square of its length: 10,000 stages take a gigabyte.
MAX_PIPES = 1_000
TOO_LONG = "a shell script took too long to read"
_CHUNK = 1 << 16
_NODES_BETWEEN_LOOKS = 4096


@cache
def _language() -> Language:
    return Language(tree_sitter_bash.language())


def parse_tree(source: bytes, deadline: float) -> Tree:
    """The syntax tree. Raises Unreadable past 1 MiB, MAX_PIPES or a deadline of time.thread_time()."""
    if len(source) > MAX_BYTES:
        raise Unreadable("a shell script is larger than 1 MiB")
    if source.count(b"|") - 2 * source.count(b"||") > MAX_PIPES:
        raise Unreadable(f"a shell script has more than {MAX_PIPES:,} pipes")
    try:
        return Parser(_language()).parse(
            lambda offset, _: source[offset : offset + _CHUNK],
            progress_callback=lambda *_: time.thread_time() > deadline,
        )
    except ValueError:
        raise Unreadable(TOO_LONG) from None


def walk(tree: Tree, deadline: float) -> Iterator[tuple[bool, Node]]:
    """Each node twice: (True, node) before its children, (False, node) after them.

    Raises Unreadable past the deadline.
    """
    cursor = tree.walk()
    node = cursor.node
    seen = 0
    while node is not None:
        seen += 1
        if seen % _NODES_BETWEEN_LOOKS == 0 and time.thread_time() > deadline:
            raise Unreadable(TOO_LONG)
        yield True, node
        if not cursor.goto_first_child():
            yield False, node
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent() or cursor.node is None:
                    return
                yield False, cursor.node
        node = cursor.node
