"""What stands in several branches of a template: known where they agree, unknown where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analyzers.model.charts.relocation import are_alike
from analyzers.parsers.placeholder import PLACEHOLDER, is_known
from analyzers.parsers.yaml_node import Entry, Mapping, Node, Scalar

NAMED_LISTS = frozenset({"containers", "initContainers", "env", "ports"})
"""Lists in which a name stands once."""


def unknown_at(node: Node) -> Scalar:
    """Nobody knows what, in the place of a node."""
    return Scalar(node.span, "", PLACEHOLDER, origin=node.origin)


def unite_keys(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each key once."""
    by_name: dict[str, Entry] = {}
    for entry in entries:
        known = by_name.get(entry.name)
        if known is None or entry.name == "<<":
            by_name[entry.name] = entry
        elif not are_alike(known.value, entry.value):
            by_name[entry.name] = Entry(known.key, unknown_at(known.value))
    return tuple(by_name.values())


def unite_items(elements: Iterable[Node]) -> tuple[Node, ...]:
    """Each named item of a list once."""
    by_name: dict[str, Node] = {}
    for number, element in enumerate(elements):
        name = element["name"].text
        key = name if name and is_known(name) else f"\0{number}"
        known = by_name.get(key)
        if isinstance(known, Mapping) and isinstance(element, Mapping):
            by_name[key] = _united(known, element)
        else:
            by_name[key] = element
    return tuple(by_name.values())


def _united(one: Mapping, other: Mapping) -> Mapping:
    """An item of which either may be there: known is what both say."""
    theirs = dict(other.items())
    mine = dict(one.items())
    entries = [
        entry
        if name in theirs and are_alike(entry.value, theirs[name].value)
        else Entry(entry.key, unknown_at(entry.value))
        for name, entry in mine.items()
    ]
    entries += [
        Entry(entry.key, unknown_at(entry.value)) for name, entry in theirs.items() if name not in mine
    ]
    return replace(one, entries=tuple(entries), complete=False)
