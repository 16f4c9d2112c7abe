"""A tree on disk of which the wanted files are read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analyzers.files import Blob, GitFiles


class ReadAhead:
    """The files of a commit; what was not wanted beforehand is read when asked for."""

    is_partial = False

    def __init__(self, files: GitFiles, wanted: Iterable[str]) -> None:
        self._files = files
        self._contents = dict(files.read(wanted))

    @property
    def tree(self) -> Mapping[str, Blob]:
        return self._files.tree

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        asked = list(paths)
        unread = [path for path in asked if path not in self._contents]
        further = self._files.read(unread) if unread else {}
        return {path: self._contents[path] for path in asked if path in self._contents} | dict(further)
