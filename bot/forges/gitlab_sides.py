"""A change's files in pairs: what one side is, the other and the patch tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.forges.base import FileDiff
from bot.forges.patching import apply_patch
from bot.forges.tree_files import Tree


@dataclass(frozen=True, slots=True)
class Way:
    """How to come to a content: from another, or from nothing where `other` is empty."""

    other: str
    patch: str
    is_back: bool


class Sides:
    """Blob ids of one side, and what leads to them from the other."""

    def __init__(self, files: Iterable[FileDiff], base: Tree, head: Tree) -> None:
        self._ways: dict[str, Way] = {}
        for file in files:
            if file.patch is None:
                continue
            old, new = base.get(file.previous_path or file.path), head.get(file.path)
            if new and (old or file.status == "added"):
                self._ways[new.id] = Way(old.id if old else "", file.patch, is_back=False)
            if old and (new or file.status == "removed"):
                self._ways[old.id] = Way(new.id if new else "", file.patch, is_back=True)

    def others(self, one: str) -> Iterable[str]:
        """What must be known for this to be derived."""
        way = self._ways.get(one)
        return (way.other,) if way and way.other else ()

    def better(self, one: str, known: Mapping[str, bytes | None]) -> str:
        """What to fetch so that this is known: for an old version the new one, which is needed anyway."""
        way = self._ways.get(one)
        return way.other if way and way.is_back and way.other and way.other not in known else one

    def derive(self, one: str, known: Mapping[str, bytes | None]) -> bytes | None:
        """The content, where the other side is known and the patch fits."""
        way = self._ways.get(one)
        if way is None:
            return None
        other = known.get(way.other) if way.other else b""
        return None if other is None else apply_patch(other, way.patch, backwards=way.is_back)
