"""Nodes taken from one file into another document, each keeping the file and line it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar, Sequence

MOST_NODES = 20_000
N = TypeVar("N", bound=Node)


class Allowance:
    """How much more work one template may cost, and whether it looked up values."""

    def __init__(self, most: int = MOST_NODES) -> None:
        self._left = most
        self.depth = 0
        """How many expressions are being computed inside each other."""
        self.is_assumed = False
        """Something was taken from a file of values."""

    def take(self, count: int = 1) -> None:
        """Raises Unreadable where it is used up."""
        self._left -= count
        if self._left < 0:
            raise Unreadable(f"template not analysed: more than {MOST_NODES:,} values once filled in")


@light_value
class Origin:
    """Where nodes come from: a file, and where in it the text begins that they were read from."""

    path: str = ""
    line: int = 1
    column: int = 1

    def move(self, node: N) -> N:
        """The node, itself alone, with its place in this file."""
        if not self.path or node.origin:
            return node
        return replace(node, span=self._shift(node.span), origin=self.path)

    def _shift(self, span: Span) -> Span:
        if self.line == self.column == 1:
            return span
        down, right = self.line - 1, self.column - 1
        return Span(
            span.line + down,
            span.column + (right if span.line == 1 else 0),
            span.end_line + down,
            span.end_column + (right if span.end_line == 1 else 0),
        )


def relocate(node: Node, origin: Origin, allowance: Allowance, depth: int = 0) -> Node:
    """A whole tree with its places in another file, its aliases and merges followed."""
    allowance.take()
    node = node.target
    if depth > 60:
        return Scalar(node.span)
    if isinstance(node, Mapping):
        entries = tuple(
            Entry(origin.move(entry.key), relocate(entry.value, origin, allowance, depth + 1))
            for _, entry in node.items()
        )
        return origin.move(replace(node, entries=entries))
    if isinstance(node, Sequence):
        elements = tuple(relocate(each, origin, allowance, depth + 1) for each in node.elements)
        return origin.move(replace(node, elements=elements))
    return origin.move(node)


def are_alike(one: Node, other: Node, depth: int = 0) -> bool:
    """They say the same, wherever they stand. What is unknown, and not the same unknown, is never alike."""
    one, other = one.target, other.target
    if depth > 60 or one.gaps or other.gaps:
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        mine, theirs = dict(one.items()), dict(other.items())
        return mine.keys() == theirs.keys() and all(
            are_alike(entry.value, theirs[name].value, depth + 1) for name, entry in mine.items()
        )
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        pairs = zip(one.elements, other.elements, strict=False)
        return len(one.elements) == len(other.elements) and all(
            are_alike(mine, theirs, depth + 1) for mine, theirs in pairs
        )
    return _scalar(one) == _scalar(other) is not None


def _scalar(node: Node) -> tuple[str, bool] | None:
    return (node.content, bool(node.style)) if isinstance(node, Scalar) else None
