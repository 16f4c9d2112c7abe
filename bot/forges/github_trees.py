"""The trees of a pull request. One request lists the head; the base is the head with the change undone.

Where the base is known from an earlier review, the head is that base with the change applied.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from cachetools import LRUCache

from analyzers.files import Blob
from bot.forges.base import FileDiff
from bot.forges.github_change import GithubChange
from bot.forges.github_client import Client
from bot.forges.tree_files import Tree, Trees

_REGULAR = frozenset({"100644", "100755"})
_CACHED_ENTRIES = 150_000


class TreeCache:
    """The trees read last, by merge base. Safe to share between threads."""

    def __init__(self, entries: int = _CACHED_ENTRIES) -> None:
        self._trees: LRUCache[str, Trees] = LRUCache(entries, getsizeof=lambda trees: len(trees.head) + 100)
        self._lock = threading.Lock()

    def read(self, client: Client, change: GithubChange) -> Trees:
        """The trees of the change, from memory where they follow from what was read before."""
        with self._lock:
            earlier = self._trees.get(change.base)
        trees = (earlier and _applied(earlier, change)) or _listed(client, change)
        if not trees.is_partial and not change.files_left_out:
            self._keep(change.base, trees)
        return trees

    def forget(self, base: str) -> Trees | None:
        """Have them read again. Returns what was remembered."""
        with self._lock:
            trees: Trees | None = self._trees.pop(base, None)
            return trees

    def _keep(self, base: str, trees: Trees) -> None:
        with self._lock:
            if len(trees.head) + 100 <= self._trees.maxsize:
                self._trees[base] = trees


def _applied(earlier: Trees, change: GithubChange) -> Trees | None:
    """None where a file is new to us: it might be a link, which a comparison does not tell."""
    if earlier.commit == change.head:
        return earlier
    if change.files_left_out or change.retyped:
        return None
    if not all(path in earlier.base or path in earlier.head for path in change.head_blobs):
        return None
    head = dict(earlier.base)
    for file in change.files:
        head.pop(file.previous_path or file.path, None)
    for path, blob in change.head_blobs.items():
        seen = earlier.head.get(path)
        head[path] = seen if seen and seen.id == blob.id else blob
    return Trees(_undone(head, change), head, change.head)


def _listed(client: Client, change: GithubChange) -> Trees:
    data = client.read(f"/repos/{quote(change.repository)}/git/trees/{change.head}", recursive="1")
    head = dict(_regular(data["tree"]))
    if data["truncated"]:
        head = {**change.head_blobs, **head}
    return Trees(_undone(head, change), head, change.head, bool(data["truncated"]))


def _regular(entries: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Blob]]:
    for entry in entries:
        if entry["type"] == "blob" and entry["mode"] in _REGULAR:
            yield entry["path"], Blob(entry["sha"], entry.get("size", -1))


def _undone(head: Tree, change: GithubChange) -> Tree:
    base = dict(head)
    for file in change.files:
        base.pop(file.path, None)
    for file in change.files:
        if file.status != "added" and _was_regular(file, head, change):
            path = file.previous_path or file.path
            base[path] = Blob(f"{change.base}:{path}")
    return base


def _was_regular(file: FileDiff, head: Tree, change: GithubChange) -> bool:
    """A link that was only modified is none of the head's files, and was none of the base's."""
    return file.status != "modified" or file.path in head or file.path in change.retyped
