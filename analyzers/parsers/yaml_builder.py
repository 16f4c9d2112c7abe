"""From libyaml's events to the trees of a text's documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from yaml import events

from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Alias, Entry, Mapping, Node, Scalar, Sequence
from analyzers.parsers.yaml_template import TemplateGaps

MAX_DEPTH = 100
MAX_NODES = 500_000
MAX_DOCUMENTS = 2_000
_SCALAR, _ALIAS, _DOCUMENT = events.ScalarEvent, events.AliasEvent, events.DocumentStartEvent
_MAPPING, _SEQUENCE = events.MappingStartEvent, events.SequenceStartEvent
_ENDS = (events.MappingEndEvent, events.SequenceEndEvent, events.StreamEndEvent)


class TreeBuilder:
    """Builds the innermost nodes first. It calls itself for each level, and refuses more than MAX_DEPTH."""

    def __init__(self, next_event: Callable[[], Any], lines: list[str], gaps: TemplateGaps | None) -> None:
        self._next_event = next_event
        self._lines = lines
        self._gaps = gaps
        self._roots: list[Node] = []
        self._anchors: dict[str, tuple[Node | None, int, int]] = {}
        """What each of a document stands for, how many nodes that are, and of how many levels."""
        self._depth = 0
        self._deepest = 0
        """The deepest level since the innermost anchor, aliases counted as what they stand for."""
        self._line = 0
        """Where the last event ended: a hole from there on may belong to what follows."""
        self._weight = 0

    def build(self) -> tuple[Node, ...]:
        """The root node of each document. Raises Unreadable past a limit."""
        self._fill(self._roots)
        return tuple(self._roots)

    def _fill(self, children: list[Node]) -> Any:
        """Take in what the collection that is open holds; the event that ends it."""
        next_event = self._next_event
        while True:
            event = next_event()
            kind = type(event)
            if kind is _SCALAR:
                start, end = event.start_mark, event.end_mark
                line, self._line = start.line + 1, end.line + 1
                if line == self._line and not (event.style or event.tag or event.anchor):
                    span = Span(line, start.column + 1, line, end.column + 1)
                    children.append(Scalar(span, "", event.value))
                else:
                    children.append(self._marked_scalar(event))
                self._weight += 1
                if self._weight > MAX_NODES:
                    raise _too_many(line)
            elif kind is _MAPPING or kind is _SEQUENCE:
                children.append(self._collection(event))
            elif kind is _ALIAS:
                children.append(self._alias(event))
            elif kind is _DOCUMENT:
                self._start_document(event)
            elif kind in _ENDS:
                return event

    def _start_document(self, event: Any) -> None:
        self._anchors.clear()
        if len(self._roots) >= MAX_DOCUMENTS:
            raise Unreadable(f"more than {MAX_DOCUMENTS:,} documents", event.start_mark.line + 1)
        # One without `---` begins where the one before it ends, not at its first key.
        if event.explicit:
            self._line = event.end_mark.line + 1

    def _collection(self, event: Any) -> Node:
        """The mapping or sequence that begins with an event."""
        start, since, before, around = event.start_mark, self._line, self._weight, self._deepest
        line, column = start.line + 1, start.column + 1
        self._depth = depth = self._depth + 1
        self._count(1, line)
        if depth > MAX_DEPTH:
            raise _too_deep(line)
        if event.anchor:
            self._anchors[event.anchor] = (None, 1, 1)
            self._deepest = 0
        self._line = event.end_mark.line + 1
        children: list[Node] = []
        end = self._fill(children).end_mark
        self._line = end.line + 1
        if event.flow_style or not children:
            span = Span(line, column, end.line + 1, end.column + 1)
        else:
            last = children[-1].span
            span = Span(line, column, last.end_line, last.end_column)
        self._depth = depth - 1
        node = self._node(event, span, children, since)
        deepest = depth + 1 if children else depth
        if deepest > self._deepest:
            self._deepest = deepest
        if event.anchor:
            self._anchors[event.anchor] = (node, self._weight - before, self._deepest - depth + 1)
            self._deepest = max(around, self._deepest)
        return node

    def _node(self, event: Any, span: Span, children: list[Node], since: int) -> Node:
        """`since` is the line from which on a hole can belong to it: that of the key before it."""
        is_mapping, gaps, complete = type(event) is _MAPPING, self._gaps, True
        numbers: tuple[int, ...] = ()
        if gaps is not None:
            indent = span.column - 1
            gaps.fill(children, indent, self._line)
            numbers = gaps.numbers(since, indent, self._line)
            # A loop around a whole document makes more documents, one around a whole list makes it longer.
            since = max(since, 1) if self._depth or not is_mapping else span.line + 1
            parts = children[::2] if is_mapping else children
            complete = gaps.is_complete(parts, since, is_list=not is_mapping)
        tag, is_flow = event.tag or "", bool(event.flow_style)
        if is_mapping:
            entries = tuple(map(Entry, children[::2], children[1::2]))
            node: Node = Mapping(span, tag, entries, complete, is_flow)
        else:
            node = Sequence(span, tag, tuple(children), complete, is_flow)
        return replace(node, gaps=numbers) if numbers else node

    def _marked_scalar(self, event: Any) -> Scalar:
        """One with quotes, with several lines, with a tag or an anchor: not simply what stands there."""
        start, end, style, content = event.start_mark, event.end_mark, event.style, event.value
        row, column, last, after = start.line, start.column, end.line, end.column
        is_block = style == "|" or style == ">"
        end_line, end_column = self._last_text(row, last) if is_block else (last + 1, after + 1)
        span = Span(row + 1, column + 1, end_line, end_column)
        quote = 1 if style else 0
        line = self._lines[row] if row < len(self._lines) else ""
        is_verbatim = end_line == row + 1 and line[column + quote : after - quote] == content
        lines = () if is_verbatim else tuple(self._lines[row:end_line])
        if is_block and self._gaps is not None and not self._gaps.is_whole(span, last + 1):
            content += PLACEHOLDER
        node = Scalar(span, event.tag or "", content, style or "", lines)
        if event.anchor:
            self._anchors[event.anchor] = (node, 1, 1)
        return node

    def _last_text(self, first: int, after: int) -> tuple[int, int]:
        """Where a block scalar's last line that is not blank ends. libyaml ends it at the next token."""
        for row in range(min(after, len(self._lines)) - 1, first, -1):
            line = self._lines[row].rstrip()
            if line:
                return row + 1, len(line) + 1
        return first + 1, len(self._lines[first].rstrip()) + 1

    def _alias(self, event: Any) -> Alias:
        start, end, name = event.start_mark, event.end_mark, event.anchor
        if name not in self._anchors:
            raise Unreadable(f"not valid YAML: the anchor of *{name[:60]} is missing", start.line + 1)
        target, weight, height = self._anchors[name]
        self._line = end.line + 1
        span = Span(start.line + 1, start.column + 1, self._line, end.column + 1)
        self._count(weight + 1, span.line)
        if self._depth + height > MAX_DEPTH + 1:
            raise _too_deep(span.line)
        self._deepest = max(self._deepest, self._depth + height)
        return Alias(span, "", name, target)

    def _count(self, weight: int, line: int) -> None:
        self._weight += weight
        if self._weight > MAX_NODES:
            raise _too_many(line)


def _too_many(line: int) -> Unreadable:
    return Unreadable(f"more than {MAX_NODES:,} values, aliases counted as what they stand for", line)


def _too_deep(line: int) -> Unreadable:
    return Unreadable(f"nested deeper than {MAX_DEPTH} levels", line)
