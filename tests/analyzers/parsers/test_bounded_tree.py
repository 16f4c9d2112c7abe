"""Trees that are given up after a time, and texts that are let go."""

from __future__ import annotations

import sys

from analyzers.parsers.bounded_tree import parse_bounded
from analyzers.parsers.go.grammar import GO

SOURCE = b"package a\n\nfunc main() {}\n"


def test_a_small_text_is_read_whatever_the_time_and_let_go() -> None:
    before = sys.getrefcount(SOURCE)
    tree = parse_bounded(GO, SOURCE, 0, len(SOURCE))
    assert tree is not None
    assert not tree.root_node.has_error
    del tree
    assert sys.getrefcount(SOURCE) == before


def test_a_large_one_is_given_up_past_its_deadline() -> None:
    assert parse_bounded(GO, SOURCE * 10_000, 0, len(SOURCE)) is None
    tree = parse_bounded(GO, SOURCE * 10, sys.maxsize, len(SOURCE))
    assert tree is not None
    assert tree.root_node.end_byte == len(SOURCE) * 10
