"""JSON 6902 patches on YAML trees: https://www.rfc-editor.org/rfc/rfc6902"""

from __future__ import annotations

from collections.abc import Callable

from analyzers.parsers.yaml_edit import with_elements, with_entry, without
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar, Sequence

MOST_OPERATIONS = 1_000
MAX_DEPTH = 50
Spend = Callable[[int], None]


class Misfit(Exception):
    """The patch does not fit the object; the caller says so and takes the object for half known."""


def apply_operations(node: Node, patch: Node, spend: Spend) -> Node:
    """The object after all operations of a patch. Raises Misfit."""
    operations = tuple(patch)
    if len(operations) > MOST_OPERATIONS:
        raise Misfit
    for operation in operations:
        node = _apply(node, operation, spend)
    return node


def _apply(node: Node, operation: Node, spend: Spend) -> Node:
    kind, keys = operation["op"].text, _pointer(operation["path"].text)
    if kind == "test":
        if not _are_equal(_find(node, keys), operation["value"], spend, MAX_DEPTH):
            raise Misfit
        return node
    if kind == "remove":
        return _edit(node, keys, None, spend, is_new=False)
    if kind in ("move", "copy"):
        source = _pointer(operation["from"].text)
        value = _find(node, source)
        if kind == "move":
            node = _edit(node, source, None, spend, is_new=False)
        return _edit(node, keys, Entry(value, value), spend, is_new=True)
    written = operation.entry("value")
    if kind not in ("add", "replace") or written is None:
        raise Misfit
    return _edit(node, keys, written, spend, is_new=kind == "add")


def _pointer(text: str) -> tuple[str, ...]:
    """The keys of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901"""
    if not text.startswith("/") or text.count("/") > MAX_DEPTH:
        raise Misfit
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))


def _find(node: Node, keys: tuple[str, ...]) -> Node:
    for key in keys:
        node = _child(node, key)
    return node


def _child(node: Node, key: str) -> Node:
    if isinstance(node, Sequence):
        return node.elements[_index(node, key, end=0)].target
    if node.entry(key) is None:
        raise Misfit
    return node[key]


def _index(node: Sequence, key: str, *, end: int) -> int:
    """The index a key means; with `end` one behind the last is allowed, which `-` means too."""
    if key == "-" and end:
        return len(node.elements)
    if not key.isdecimal() or len(key) > 6 or int(key) >= len(node.elements) + end:
        raise Misfit
    return int(key)


def _edit(node: Node, keys: tuple[str, ...], written: Entry | None, spend: Spend, *, is_new: bool) -> Node:
    """The tree with a value set at the end of the keys, or with nothing there where none is written."""
    if not keys:
        raise Misfit
    key, rest = keys[0], keys[1:]
    if isinstance(node, Sequence):
        spend(len(node.elements))
        return _edit_sequence(node, key, rest, written, spend, is_new)
    if not isinstance(node, Mapping):
        raise Misfit
    spend(len(node.entries))
    if rest:
        known = node.entry(key)
        if known is None:
            raise Misfit
        return with_entry(
            node, Entry(known.key, _edit(known.value.target, rest, written, spend, is_new=is_new))
        )
    if written is None:
        _child(node, key)
    return without(node, key) if written is None else with_entry(node, _named(key, written))


def _edit_sequence(
    node: Sequence, key: str, rest: tuple[str, ...], written: Entry | None, spend: Spend, is_new: bool
) -> Node:
    elements = list(node.elements)
    if rest:
        at = _index(node, key, end=0)
        elements[at] = _edit(elements[at].target, rest, written, spend, is_new=is_new)
    elif written is None:
        del elements[_index(node, key, end=0)]
    elif is_new:
        elements.insert(_index(node, key, end=1), written.value)
    else:
        elements[_index(node, key, end=0)] = written.value
    return with_elements(node, elements)


def _named(name: str, written: Entry) -> Entry:
    """An entry of another name, at the place of the operation's value."""
    value = written.value.target
    return Entry(Scalar(written.key.span, "", name, '"', origin=value.origin), value)


def _are_equal(one: Node, other: Node, spend: Spend, depth: int) -> bool:
    """Whether two values say the same. Numbers are compared as they are written."""
    spend(1)
    if not depth:
        raise Misfit
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = [(entry.value.target, other[name]) for name, entry in one.items()]
        is_alike = len(pairs) == len(other.items())
    elif isinstance(one, Sequence) and isinstance(other, Sequence):
        pairs = list(zip(one, other, strict=False))
        is_alike = len(one.elements) == len(other.elements)
    elif isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.content == other.content
    else:
        return not one and not other
    return is_alike and all(_are_equal(*pair, spend, depth - 1) for pair in pairs)
