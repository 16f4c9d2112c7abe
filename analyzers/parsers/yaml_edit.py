"""New trees out of old ones: what changes is made anew, all else is shared and keeps its place.

Aliases and merge keys on the way to a change are opened: what they stand for is now written there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Absent, Alias, Entry, Mapping, Node, Scalar, Sequence


def text_node(text: str, like: Node) -> Scalar:
    """A quoted text that is nowhere written so, at the place of another node."""
    return Scalar(like.span, "", text, '"', origin=like.origin)


def mapping_node(like: Node, entries: Iterable[tuple[str, Node]]) -> Mapping:
    """A mapping that is nowhere written so. Its keys stand where their values stand."""
    written = tuple(Entry(text_node(name, value), value) for name, value in entries)
    return Mapping(like.span, "", written, origin=like.origin)


def with_entry(mapping: Node, entry: Entry) -> Mapping:
    """The mapping with an entry in the place of the one of its name, or behind the others."""
    entries = dict(mapping.items())
    entries[entry.name] = entry
    return with_entries(mapping, entries.values())


def with_value(mapping: Node, name: str, value: Node) -> Mapping:
    """The mapping with a value changed or added. A value of another file brings its key along."""
    known = mapping.entry(name)
    is_beside = known is not None and known.key.origin == value.origin
    return with_entry(mapping, Entry(known.key if known and is_beside else text_node(name, value), value))


def without(mapping: Node, name: str) -> Mapping:
    return with_entries(mapping, [entry for key, entry in mapping.items() if key != name])


def with_entries(mapping: Node, entries: Iterable[Entry]) -> Mapping:
    """The mapping with other entries. What was none before becomes one."""
    written = tuple(entries)
    if isinstance(mapping, Mapping):
        return replace(mapping, entries=written)
    return Mapping(mapping.span, "", written, origin=mapping.origin)


def with_elements(sequence: Node, elements: Iterable[Node]) -> Sequence:
    """The sequence with other elements. What was none before becomes one."""
    written = tuple(elements)
    if isinstance(sequence, Sequence):
        return replace(sequence, elements=written)
    return Sequence(sequence.span, "", written, origin=sequence.origin)


def change(node: Node, keys: tuple[str, ...], edit: Callable[[Node], Node]) -> Node:
    """The tree with the node at the end of a path of keys edited; as it was where there is none."""
    if not keys:
        return edit(node)
    inner = node[keys[0]]
    if not inner:
        return node
    changed = change(inner, keys[1:], edit)
    return node if changed is inner else with_value(node, keys[0], changed)


def change_each(sequence: Node, edit: Callable[[Node], Node]) -> Node:
    """The sequence with every element edited; itself where none changes."""
    before = tuple(sequence)
    after = tuple(map(edit, before))
    changed = any(new is not old for new, old in zip(after, before, strict=True))
    return with_elements(sequence, after) if changed else sequence


def relocate(node: Node, origin: str, shift: Callable[[Span], Span] | None = None) -> tuple[Node, int]:
    """The tree as a part of another file, its spans shifted, and how many nodes it has.

    The trees that `parse_yaml` makes are never deeper than its limit, so this may recurse.
    """
    mover = _Mover(origin, shift or (lambda span: span))
    return mover.move(node), mover.count


class _Mover:
    """Copies a tree once, however often its anchors are asked for."""

    def __init__(self, origin: str, shift: Callable[[Span], Span]) -> None:
        self._origin, self._shift = origin, shift
        self._moved: dict[int, Node] = {}
        self.count = 0

    def move(self, node: Node) -> Node:
        known = self._moved.get(id(node))
        if known is None:
            self.count += 1
            known = self._moved[id(node)] = self._copy(node)
        return known

    def _copy(self, node: Node) -> Node:
        if isinstance(node, Absent):
            return node
        span, origin = self._shift(node.span), self._origin
        if isinstance(node, Mapping):
            entries = tuple(Entry(self.move(entry.key), self.move(entry.value)) for entry in node.entries)
            return replace(node, span=span, entries=entries, origin=origin)
        if isinstance(node, Sequence):
            elements = tuple(map(self.move, node.elements))
            return replace(node, span=span, elements=elements, origin=origin)
        if isinstance(node, Alias):
            anchored = None if node.anchored is None else self.move(node.anchored)
            return replace(node, span=span, anchored=anchored, origin=origin)
        return replace(node, span=span, origin=origin)
