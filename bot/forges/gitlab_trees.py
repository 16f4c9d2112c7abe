"""The trees of a merge request. The head is listed; the base is the head with the change undone.

Where the base is known from an earlier review, the head is that base with the change applied.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from cachetools import LRUCache

from analyzers.files import Blob
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_tree_pages import Entry, list_tree
from bot.forges.tree_files import Tree, Trees

_REGULAR = frozenset({"100644", "100755"})
_CACHED_ENTRIES = 150_000

Key = tuple[str, str]


class TreeCache:
    """The trees read last, by project and merge base. Safe to share between threads."""

    def __init__(self, entries: int = _CACHED_ENTRIES) -> None:
        self._trees: LRUCache[Key, Trees] = LRUCache(entries, getsizeof=lambda trees: len(trees.head) + 100)
        self._known: LRUCache[str, bool] = LRUCache(10_000)
        self._lock = threading.Lock()

    def knows(self, repository: str) -> bool:
        """Whether any tree of the repository was read; then the next one will hardly have to be listed."""
        with self._lock:
            return repository in self._known

    def read(self, client: Client, change: GitlabChange) -> Trees:
        """The trees of the change, from memory where they follow from what was read before."""
        key = (change.project, change.base)
        with self._lock:
            earlier = self._trees.get(key)
        trees = (earlier and _applied(earlier, change)) or _listed(client, change)
        if not trees.is_partial and not change.files_left_out:
            self._keep(key, change.ref.repository, trees)
        return trees

    def forget(self, change: GitlabChange) -> Trees | None:
        """Have them read again. Returns what was remembered."""
        with self._lock:
            trees: Trees | None = self._trees.pop((change.project, change.base), None)
            return trees

    def _keep(self, key: Key, repository: str, trees: Trees) -> None:
        with self._lock:
            if len(trees.head) + 100 <= self._trees.maxsize:
                self._trees[key] = trees
                self._known[repository] = True


def _applied(earlier: Trees, change: GitlabChange) -> Trees | None:
    """None where the list of changed files is not whole."""
    if earlier.commit == change.head:
        return earlier
    if change.files_left_out:
        return None
    head = dict(earlier.base)
    for file in change.files:
        head.pop(file.previous_path or file.path, None)
    for file in change.files:
        if file.status != "removed" and file.path not in change.links:
            head[file.path] = Blob(f"{change.head}:{file.path}")
    return Trees(_undone(head, change, earlier.base), head, change.head)


def _listed(client: Client, change: GitlabChange) -> Trees:
    entries, is_whole = list_tree(client, change)
    head = dict(_regular(entries))
    return Trees(_undone(head, change, {}), head, change.head, not is_whole)


def _regular(entries: Iterable[Entry]) -> Iterable[tuple[str, Blob]]:
    return ((path, Blob(blob_id)) for path, blob_id, mode in entries if mode in _REGULAR)


def _undone(head: Tree, change: GitlabChange, known: Tree) -> Tree:
    """The base. Ids that an earlier listing has shown are kept."""
    base = dict(head)
    for file in change.files:
        base.pop(file.path, None)
    for file in change.files:
        path = file.previous_path or file.path
        if file.status != "added" and path not in change.former_links:
            base[path] = known.get(path) or Blob(f"{change.base}:{path}")
    return base
