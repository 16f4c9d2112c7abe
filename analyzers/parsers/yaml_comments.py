"""The comments of a YAML file, told apart from `#` in quoted text and block scalars."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from analyzers.parsers.light import light_value
from analyzers.parsers.yaml_node import Mapping, Node, Scalar
from analyzers.parsers.yaml_node import Sequence as YamlSequence

_START = re.compile(r"(?:^|(?<=[ \t]))#")
_LINE_END = 1 << 30


@light_value
class Comment:
    """`text` from its `#` to the end of the line. `is_alone` where nothing else is on the line."""

    line: int
    column: int
    text: str
    is_alone: bool


def read_comments(text: str, roots: tuple[Node, ...]) -> tuple[Comment, ...]:
    """Every comment of a text, given the trees that `parse_yaml` made of it."""
    if "#" not in text:
        return ()
    covered = _covered(roots)
    comments = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        column = _comment_column(line, covered.get(number, ())) if "#" in line else 0
        if column:
            before = line[: column - 1]
            comments.append(Comment(number, column, line[column - 1 :].rstrip(), not before.strip()))
    return tuple(comments)


def _comment_column(line: str, covered: Sequence[tuple[int, int]]) -> int:
    """The column where a line's comment starts, 0 without one. `covered` is in order and does not overlap."""
    for match in _START.finditer(line):
        column = match.start() + 1
        at = bisect_right(covered, (column, _LINE_END)) - 1
        if at < 0 or column >= covered[at][1]:
            return column
    return 0


def _covered(roots: tuple[Node, ...]) -> dict[int, list[tuple[int, int]]]:
    """For each line the columns that quoted text or a block scalar takes."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for scalar in _scalars(roots):
        if scalar.style and "#" in scalar.content:
            span, is_block = scalar.span, scalar.style in "|>"
            for line in range(span.line + is_block, span.end_line + 1):
                start = span.column if line == span.line else 1
                end = span.end_column if line == span.end_line and not is_block else _LINE_END
                covered.setdefault(line, []).append((start, end))
    for spans in covered.values():
        spans.sort()
    return covered


def _scalars(roots: tuple[Node, ...]) -> Iterator[Scalar]:
    pending = list(roots)
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            for entry in node.entries:
                pending += (entry.key, entry.value)
        elif isinstance(node, YamlSequence):
            pending += node.elements
