"""The build context a Dockerfile is meant for: a guess from what its COPY instructions ask for."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from analyzers.model.image import Copy
from analyzers.parsers.wildcard import has_wildcard

_MOST_SOURCES = 200


class TreeIndex:
    """The paths of a tree with its folders. Built once for many Dockerfiles."""

    def __init__(self, tree: Collection[str]) -> None:
        self._tree = tree

    def has_file(self, path: str) -> bool:
        return path in self._tree

    def has(self, path: str) -> bool:
        """There is such a file or folder."""
        return path in self._tree or path in self._folders

    @cached_property
    def _folders(self) -> frozenset[str]:
        folders: set[str] = set()
        for path in self._tree:
            folder = posixpath.dirname(path)
            while folder.strip("/") and folder not in folders:
                folders.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(folders)


def choose_context(path: str, copies: Iterable[Copy], tree: TreeIndex, named: Sequence[str | None]) -> str:
    """The folder that all builds name; of several the one that holds most of what is copied; else a guess.

    A build whose folder holds nothing of it cannot work, where another folder holds it all.
    """
    candidates = list(dict.fromkeys(folder for folder in named if folder is not None))
    copies = tuple(copies)
    if len(candidates) == 1:
        guessed = guess_context(path, copies, tree)
        (here, there), all_of_it = _count((candidates[0], guessed), copies, tree), len(list(_named(copies)))
        return guessed if there and not here and there == all_of_it else candidates[0]
    found = _count(candidates, copies, tree)
    if candidates and found.count(max(found)) == 1:
        return candidates[found.index(max(found))]
    guessed = guess_context(path, copies, tree)
    return guessed if not candidates or guessed in candidates else candidates[found.index(max(found))]


def guess_context(path: str, copies: Iterable[Copy], tree: TreeIndex) -> str:
    """The nearest folder from the Dockerfile upwards that holds most of what is copied from the context.

    Where nothing is named, the nearest folder with a go.mod, or else the Dockerfile's own.
    """
    candidates = list(_upwards(posixpath.dirname(path)))
    found = _count(candidates, copies, tree)
    if any(found):
        return candidates[found.index(max(found))]
    for folder in candidates:
        if tree.has_file(posixpath.join(folder, "go.mod")):
            return folder
    return candidates[0]


def _count(folders: Iterable[str], copies: Iterable[Copy], tree: TreeIndex) -> list[int]:
    """How many of the copied files each folder holds."""
    sources = list(_named(copies))
    return [sum(tree.has(posixpath.join(folder, source)) for source in sources) for folder in folders]


def _upwards(folder: str) -> Iterator[str]:
    while folder.strip("/"):
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _named(copies: Iterable[Copy]) -> Iterator[str]:
    """Sources that say where they lie: no globs, no variables, no addresses, not the whole context."""
    seen: set[str] = set()
    for copy in copies:
        for source in () if copy.from_ else copy.sources:
            name = posixpath.normpath(source).lstrip("/")
            if name not in seen and _is_named(source, name) and len(seen) < _MOST_SOURCES:
                seen.add(name)
                yield name


def _is_named(source: str, name: str) -> bool:
    if not name or name == "." or name.startswith("..") or "$" in source:
        return False
    return not (has_wildcard(source) or "://" in source or source.startswith("git@"))
