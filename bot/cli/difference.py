"""The two trees of a difference: what was committed and what lies on disk, which is nearly the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analyzers.files import Blob, DirectoryFiles, GitFiles, RepoFiles


@dataclass(frozen=True)
class Difference:
    """What the work tree, `head`, changed since `base`: paths touched, and where files went."""

    base: RepoFiles
    head: RepoFiles
    changed: frozenset[str]
    renames: Mapping[str, str]


class WorkingFiles:
    """The work tree; a file that has not changed since the base bears the base's content id."""

    is_partial = False

    def __init__(self, files: DirectoryFiles, base: GitFiles, changed: Collection[str]) -> None:
        self._files, self._base, self._changed = files, base, changed
        self._contents: dict[str, bytes] = {}

    @cached_property
    def tree(self) -> Mapping[str, Blob]:
        base, changed = self._base.tree, self._changed
        return {
            path: base[path] if path in base and path not in changed else blob
            for path, blob in self._files.tree.items()
        }

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        asked = list(paths)
        self._contents.update(self._files.read(path for path in asked if path not in self._contents))
        return {path: self._contents[path] for path in asked if path in self._contents}


class BaseFiles:
    """The base, of which git is asked for what has changed alone: the rest was read from the work tree."""

    is_partial = False

    def __init__(self, files: GitFiles, head: WorkingFiles) -> None:
        self._files, self._head = files, head

    @property
    def tree(self) -> Mapping[str, Blob]:
        return self._files.tree

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        asked = list(paths)
        kept = self._head.read(path for path in asked if self._head.tree.get(path) == self.tree.get(path))
        changed = [path for path in asked if path not in kept]
        return {**kept, **(self._files.read(changed) if changed else {})}
