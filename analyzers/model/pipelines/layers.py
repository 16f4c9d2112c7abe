"""GitLab's way of putting configurations on top of each other, without copying any.

Mappings are merged key by key, everything else is replaced:
https://docs.gitlab.com/ci/yaml/yaml_optimization/#merge-details
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Absent, Entry, Mapping, Node

MOST_LAYERS = 100


class Placed(NamedTuple):
    """A node and the file it is in."""

    path: str
    node: Node


class Layers:
    """Nodes on top of each other, the one that wins first. Only mappings have others beneath."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Placed, ...]) -> None:
        self.parts = parts

    def __bool__(self) -> bool:
        return bool(self.node)

    def __getitem__(self, key: str) -> Layers:
        found: list[Placed] = []
        for path, node in self.parts:
            entry = node.entry(key)
            if entry is None:
                continue
            value = entry.value.target
            if isinstance(value, Mapping):
                found.append(Placed(path, value))
            else:
                if not found:
                    found.append(Placed(path, value))
                break
        return Layers(tuple(found))

    @property
    def node(self) -> Node:
        return self.parts[0].node if self.parts else Absent(Span(1, 1, 1, 1))

    @property
    def path(self) -> str:
        return self.parts[0].path if self.parts else ""

    def over(self, other: Layers) -> Layers:
        """These on top of the others."""
        if self.parts and not isinstance(self.node, Mapping):
            return self
        return Layers((self.parts + other.parts)[:MOST_LAYERS])

    def entry(self, key: str) -> tuple[str, Entry] | None:
        """The path and entry of the topmost layer that has a key."""
        for path, node in self.parts:
            if found := node.entry(key):
                return path, found
        return None

    def names(self) -> tuple[str, ...]:
        """Every key once, those of the topmost layer first."""
        return tuple(dict.fromkeys(name for _, node in self.parts for name, _ in node.items()))

    def items(self) -> Iterator[tuple[str, Layers]]:
        for name in self.names():
            yield name, self[name]
