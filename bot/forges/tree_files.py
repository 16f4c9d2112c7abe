"""A tree of a forge as the analysis reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from analyzers.files import Blob
from bot.forges.base import Change

Tree = Mapping[str, Blob]

Contents = Callable[[Iterable[Blob]], Mapping[str, bytes]]
"""Reads blobs, and answers by their ids."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Base and head. Ids of versions that no listing has shown are `commit:path`."""

    base: Tree
    head: Tree
    commit: str
    """The head's."""
    is_partial: bool = False
    """The forge cut the listing short, or we did."""


class TreeFiles:
    """One of the two trees. What was not read ahead is fetched when it is asked for."""

    def __init__(self, tree: Tree, contents: Contents, is_partial: bool = False) -> None:
        self._tree = tree
        self._contents = contents
        self.is_partial = is_partial

    @property
    def tree(self) -> Tree:
        return self._tree

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = {path: self._tree[path] for path in paths if path in self._tree}
        found = self._contents(wanted.values())
        return {path: found[blob.id] for path, blob in wanted.items() if blob.id in found}


def touched(change: Change) -> Collection[str]:
    """The paths a change has anything to do with, old names included."""
    paths = {path for file in change.files for path in (file.path, file.previous_path)}
    return paths - {""}
