"""YAML text to trees of nodes with exact places, by a loop over libyaml's events.

PyYAML's `load` and `compose` recurse over the input and can be made to crash the process
(100 kB of `[` are enough), so they are never used on what a repository holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from analyzers.parsers.light import light_value
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Alias, Entry, Mapping, Node, Scalar, Sequence

__all__ = ["Alias", "Entry", "Hole", "Mapping", "Node", "Scalar", "Sequence", "Template", "parse_yaml"]

MAX_LENGTH = 1 << 20
MAX_DEPTH = 100
MAX_NODES = 500_000
MAX_DOCUMENTS = 2_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML 1.1 breaks lines at these too; editors and forges do not, and their lines are the ones we show.
_ONE_LINE = re.compile("[\x85\u2028\u2029\ufeff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True, order=True)
class Hole:
    """An action of a template whose output is not seen here. `indent` in characters, -1 where unknown."""

    line: int
    indent: int = -1
    number: int = 0


@light_value
class Template:
    """Says that the text is a template with its actions replaced, and where their output is not seen.

    A key that is written twice stands in branches of which one is taken: its value is unknown.
    `optional` and `repeated` tell of each line where the innermost block and loop around it begin, or 0.
    """

    holes: tuple[Hole, ...]
    optional: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()


def parse_yaml(text: str, template: Template | None = None, max_length: int = MAX_LENGTH) -> tuple[Node, ...]:
    """The root node of each document.

    Aliases are counted as what they stand for, so a tree is never deeper than MAX_DEPTH nor larger
    than MAX_NODES, however it is walked. Raises Unreadable.
    """
    if len(text) > max_length:
        raise Unreadable(f"longer than {max_length:,} characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("not valid Unicode", text.count("\n", 0, error.start) + 1) from None
    text = text.removeprefix("\ufeff")
    text = _LONE_RETURN.sub(" ", text if text.isascii() else _ONE_LINE.sub(" ", text))
    builder = _Builder(text.split("\n"), template)
    try:
        builder.build(_LOADER(text if text.endswith("\n") else text + "\n").get_event)
    except yaml.YAMLError as error:
        raise Unreadable(*_explain(error, text)) from None
    return tuple(builder.roots)


def _explain(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return f"not valid YAML: {error.problem or error.context}", mark.line + 1 if mark else None
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode()[: error.position]
        return "not valid YAML: control characters are not allowed", before.count(b"\n") + 1
    return "not valid YAML", None


@dataclass(slots=True)
class _Frame:
    """A collection that is still open."""

    event: Any
    since: int
    """The line from which on a hole can belong to it: that of the key before it."""
    around: list[Node]
    """The children of the collection around it."""
    before: int
    """The weight of all that came before it."""
    children: list[Node] = field(default_factory=list)
    height: int = 1
    """With the collections in it, aliases counted as what they stand for; scalars are not told."""

    @property
    def column(self) -> int:
        return int(self.event.start_mark.column) + 1


class _Builder:
    """Turns events into finished trees, innermost first, on its own stack."""

    def __init__(self, lines: list[str], template: Template | None) -> None:
        self.roots: list[Node] = []
        self._children = self.roots
        self._lines = lines
        self._template = template or Template(())
        self._holes = sorted(template.holes) if template else []
        self._open: list[_Frame] = []
        self._anchors: dict[str, tuple[Node | None, int, int]] = {}
        self._line = 0
        self._weight = 0

    def build(self, next_event: Callable[[], Any]) -> None:
        """Take in all events up to the last."""
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.DocumentStartEvent: self._start_document,
        }
        event = next_event()
        while event is not None:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            event = next_event()

    def _start_document(self, event: Any) -> None:
        self._anchors.clear()
        if len(self.roots) >= MAX_DOCUMENTS:
            raise Unreadable(f"more than {MAX_DOCUMENTS:,} documents", event.start_mark.line + 1)
        # One without `---` begins where the one before it ends, not at its first key.
        if event.explicit:
            self._line = event.end_mark.line + 1

    def _start(self, event: Any) -> None:
        frame = _Frame(event, self._line, self._children, self._weight)
        self._children = frame.children
        self._open.append(frame)
        line = event.start_mark.line + 1
        self._count(1, line)
        if len(self._open) > MAX_DEPTH:
            raise Unreadable(f"nested deeper than {MAX_DEPTH} levels", line)
        if event.anchor:
            self._anchors[event.anchor] = (None, 1, 1)
        self._line = event.end_mark.line + 1

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        self._children = frame.around
        start, children = frame.event, frame.children
        self._line = after = event.end_mark.line + 1
        gaps: tuple[int, ...] = ()
        if self._holes:
            self._fill_gaps(frame, after)
            gaps = self._gaps_of(frame, after)
        span = _span_of(frame, event)
        complete = not self._template.optional or self._is_complete(frame)
        tag, is_flow = start.tag or "", bool(start.flow_style)
        node: Node
        if isinstance(start, yaml.MappingStartEvent):
            entries = tuple(map(Entry, children[::2], children[1::2]))
            node = Mapping(span, tag, entries, complete, is_flow, gaps=gaps)
        else:
            node = Sequence(span, tag, tuple(children), complete, is_flow, gaps=gaps)
        self._children.append(node)
        height = frame.height + 1 if children and frame.height == 1 else frame.height
        self._heighten(height)
        if start.anchor:
            self._anchors[start.anchor] = (node, self._weight - frame.before, height)

    def _heighten(self, height: int) -> None:
        """The collection that is open has a child of this height."""
        if self._open and self._open[-1].height <= height:
            self._open[-1].height = height + 1

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        row, last = start.line, end.line
        self._line = last + 1
        node: Scalar
        if row == last and not (event.style or event.tag or event.anchor):
            node = Scalar(Span(row + 1, start.column + 1, row + 1, end.column + 1), "", event.value)
        else:
            node = self._marked_scalar(event)
        self._weight += 1
        if self._weight > MAX_NODES:
            raise self._too_many(row + 1)
        self._children.append(node)

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
        if is_block and not self._is_whole(span, last + 1):
            content += PLACEHOLDER
        node = Scalar(span, event.tag or "", content, style or "", lines)
        if event.anchor:
            self._anchors[event.anchor] = (node, 1, 1)
        return node

    def _is_whole(self, span: Span, after: int) -> bool:
        """No action stands on lines of its own in a block scalar, nor around some of its lines."""
        blocks = self._template.optional[span.line + 1 : span.end_line + 1]
        return not any(since > span.line for since in blocks) and not self._holes_between(span.line, after)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if event.anchor not in self._anchors:
            raise Unreadable(f"not valid YAML: the anchor of *{event.anchor[:60]} is missing", start.line + 1)
        target, weight, height = self._anchors[event.anchor]
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self._count(weight + 1, span.line)
        if len(self._open) + height > MAX_DEPTH + 1:
            raise Unreadable(f"nested deeper than {MAX_DEPTH} levels", span.line)
        self._children.append(Alias(span, "", event.anchor, target))
        self._heighten(height)
        self._line = end.line + 1

    def _count(self, weight: int, line: int) -> None:
        self._weight += weight
        if self._weight > MAX_NODES:
            raise self._too_many(line)

    def _too_many(self, line: int) -> Unreadable:
        return Unreadable(f"more than {MAX_NODES:,} values, aliases counted as what they stand for", line)

    def _last_text(self, first: int, after: int) -> tuple[int, int]:
        """Where a block scalar's last line that is not blank ends. libyaml ends it at the next token."""
        for row in range(min(after, len(self._lines)) - 1, first, -1):
            line = self._lines[row].rstrip()
            if line:
                return row + 1, len(line) + 1
        return first + 1, len(self._lines[first].rstrip()) + 1

    def _gaps_of(self, frame: _Frame, end_line: int) -> tuple[int, ...]:
        indent = frame.column - 1
        holes = self._holes_between(frame.since, end_line)
        return tuple(hole.number for hole in holes if hole.indent in (indent, -1))

    def _is_complete(self, frame: _Frame) -> bool:
        """No loop may add to it, and of a list of scalars each is always there.

        Of a mapping its keys tell: a loop that begins below a key adds to that key's value.
        """
        optional, repeated = self._template.optional, self._template.repeated
        is_list = isinstance(frame.event, yaml.SequenceStartEvent)
        # A loop around a whole document makes more documents, one around a whole list makes it longer.
        since = max(frame.since, 1) if self._open or is_list else frame.event.start_mark.line + 2
        return not any(
            0 < since <= (optional if is_list and isinstance(child, Scalar) else repeated)[child.span.line]
            for child in (frame.children if is_list else frame.children[::2])
        )

    def _holes_between(self, first: int, after: int) -> list[Hole]:
        if not self._holes:
            return []
        low = bisect_left(self._holes, Hole(first, -1))
        return self._holes[low : bisect_left(self._holes, Hole(after, -1))]

    def _fill_gaps(self, frame: _Frame, end_line: int) -> None:
        """Makes unknown what looks empty only because a template's output was to follow it."""
        children = frame.children
        for index, child in enumerate(children):
            if child or not isinstance(child, Scalar) or child.content:
                continue
            after = children[index + 1].span.line if index + 1 < len(children) else end_line
            holes = self._holes_between(child.span.line, after)
            if any(hole.indent == -1 or hole.indent >= frame.column - 1 for hole in holes):
                gaps = tuple(hole.number for hole in holes)
                children[index] = Scalar(child.span, child.tag, PLACEHOLDER, child.style, gaps=gaps)


def _span_of(frame: _Frame, event: Any) -> Span:
    start, end = frame.event.start_mark, event.end_mark
    if frame.event.flow_style or not frame.children:
        return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    last = frame.children[-1].span
    return Span(start.line + 1, start.column + 1, last.end_line, last.end_column)
