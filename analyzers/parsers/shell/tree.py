"""tree-sitter's tree of a script. Bounded in time and memory."""

from __future__ import annotations

import time
from functools import cache

import tree_sitter_bash
from tree_sitter import Language, Tree

from analyzers.parsers.bounded_tree import parse_bounded
from analyzers.parsers.problem import Unreadable

MAX_BYTES = 1 << 19
"""The grammar takes some 300 bytes of memory for each byte of the worst of scripts."""
# The grammar's pipeline costs memory with the square of its length: 10,000 stages take a gigabyte.
MAX_PIPES = 1_000
# A megabyte of real scripts takes 0.2 s; brackets that never close take 250 MB in this time.
MAX_SECONDS = 0.6
TOO_LONG = "a shell script took too long to read"
_SMALL_BYTES = 4 << 10
"""The worst of them take 0.1 s. It grows with the square."""


@cache
def _language() -> Language:
    return Language(tree_sitter_bash.language())


def parse_tree(source: bytes, deadline: float) -> Tree:
    """The syntax tree.

    Raises Unreadable past 512 KiB, MAX_PIPES, MAX_SECONDS or a deadline of time.thread_time().
    """
    if len(source) > MAX_BYTES:
        raise Unreadable("a shell script is larger than 512 KiB")
    if b"\0" in source:  # a run of them makes the grammar take gigabytes, and no shell runs such a file
        raise Unreadable("a shell script has NUL characters in it")
    if source.count(b"|") - 2 * source.count(b"||") > MAX_PIPES:
        raise Unreadable(f"a shell script has more than {MAX_PIPES:,} pipes")
    if len(source) > _SMALL_BYTES:
        deadline = min(deadline, time.thread_time() + MAX_SECONDS)
    tree = parse_bounded(_language(), source, deadline, _SMALL_BYTES)
    if tree is None:
        raise Unreadable(TOO_LONG)
    return tree
