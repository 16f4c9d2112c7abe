"""tree-sitter-go's node kinds, by the numbers it uses for them."""

from __future__ import annotations

from typing import TypeVar

import tree_sitter_go
from tree_sitter import Language

GO = Language(tree_sitter_go.language())
ERROR = 65535
"""The kind of a node that stands for text the grammar could not place."""

EVERY_KIND = (*range(GO.node_kind_count), ERROR)

T = TypeVar("T")


def by_kind(table: dict[str, T]) -> dict[int, T]:
    """The same table by number. Several numbers may share a name (aliases)."""
    numbered = {}
    for number in range(GO.node_kind_count):
        name = GO.node_kind_for_id(number)
        if name in table and GO.node_kind_is_named(number):
            numbered[number] = table[name]
    return numbered


def kinds(*names: str) -> frozenset[int]:
    return frozenset(by_kind(dict.fromkeys(names, True)))
