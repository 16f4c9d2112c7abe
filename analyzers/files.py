"""The files of a repository at one moment: what there is, and what it says.

A forge brings another implementation; the analysis sees only this protocol.
Symbolic links and submodules are not listed: nothing here follows a path out of the tree.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from analyzers.git import run_git
from analyzers.parsers.light import light_value

SKIPPED_FOLDERS = frozenset(
    {".git", "node_modules", "vendor", "testdata", "third_party", "__pycache__", ".venv"}
)
"""Folders whose content is somebody else's, or no part of what is deployed."""


@light_value
class Blob:
    """The content of a file, not read yet.

    Equal ids mean equal content; different ids say nothing. `size` in bytes, -1 where unknown.
    """

    id: str
    size: int = -1


class RepoFiles(Protocol):
    """A tree of files that does not change while it is analysed."""

    is_partial: bool
    """Its origin listed only a part of the files."""

    @property
    def tree(self) -> Mapping[str, Blob]:
        """Every regular file, by its path from the root, with `/` between the parts."""
        ...

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """The content of many files in one go. A path that could not be read is left out."""
        ...


class MemoryFiles:
    """Files handed over by name: what a forge fetched, or what a test wrote."""

    is_partial = False

    def __init__(self, contents: Mapping[str, str | bytes], tree: Mapping[str, Blob] | None = None) -> None:
        self._contents = {path: _bytes(content) for path, content in contents.items()}
        self._tree = tree

    @cached_property
    def tree(self) -> Mapping[str, Blob]:
        if self._tree is not None:
            return self._tree
        return {path: Blob(blob_id(content), len(content)) for path, content in self._contents.items()}

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        return {path: self._contents[path] for path in paths if path in self._contents}


class DirectoryFiles:
    """A folder on disk, git or not. In a git work tree, ignored files are left out."""

    is_partial = False

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def tree(self) -> Mapping[str, Blob]:
        listed = _tracked(self._root)
        paths = _walk(self._root) if listed is None else listed
        return {path: blob for path in sorted(paths) if (blob := self._blob(path))}

    def _blob(self, path: str) -> Blob | None:
        try:
            status = os.lstat(f"{self._root}/{path}")  # a tree has thousands: a Path takes its time
        except OSError:
            return None
        if not _is_regular(status):
            return None
        return Blob(f"{path}:{status.st_mtime_ns}:{status.st_size}", status.st_size)

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        contents = {}
        for path in paths:
            if path in self.tree:
                try:
                    contents[path] = (self._root / path).read_bytes()
                except OSError:
                    continue
        return contents


class GitFiles:
    """A revision of a git repository on disk, read from its object store without a checkout.

    Raises LookupError where the revision is not there.
    """

    is_partial = False

    def __init__(self, repository: Path, revision: str) -> None:
        self._repository = repository
        self.commit = resolve(repository, revision)

    @cached_property
    def tree(self) -> Mapping[str, Blob]:
        try:
            listing = run_git(self._repository, "ls-tree", "-r", "-l", "-z", self.commit)
        except subprocess.CalledProcessError:
            raise LookupError(f"{self._repository} lacks a part of {self.commit}; fetch it first") from None
        entries = {}
        for entry in filter(None, listing.decode("utf-8", "surrogateescape").split("\0")):
            about, path = entry.split("\t", 1)
            mode, _, object_id, size = about.split()
            if mode in ("100644", "100755"):
                entries[path] = Blob(object_id, int(size) if size.isdigit() else -1)
        return entries

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = [path for path in paths if path in self.tree]
        request = "".join(f"{self.tree[path].id}\n" for path in wanted).encode()
        answer = run_git(self._repository, "cat-file", "--batch", stdin=request)
        found = zip(wanted, _contents(answer), strict=True)
        return {path: content for path, content in found if content is not None}


def resolve(repository: Path, revision: str) -> str:
    """The commit id of a revision. Raises LookupError."""
    try:
        name = run_git(
            repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except subprocess.CalledProcessError:
        raise LookupError(f"{revision!r} is not a commit of {repository}") from None
    return name.decode().strip()


def blob_id(content: bytes) -> str:
    """The id git would give this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _contents(answer: bytes) -> Iterator[bytes | None]:
    """The contents in an answer of `git cat-file --batch`; None for an object that a partial clone lacks."""
    offset = 0
    while offset < len(answer):
        start = answer.index(b"\n", offset) + 1
        about = answer[offset : start - 1].split(b" ")
        if about[-1] == b"missing":
            yield None
            offset = start
        else:
            size = int(about[-1])
            yield answer[start : start + size]
            offset = start + size + 1


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _is_regular(status: os.stat_result) -> bool:
    return (status.st_mode & 0o170000) == 0o100000


def _tracked(root: Path) -> list[str] | None:
    try:
        listing = run_git(
            root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"
        )
    except (subprocess.CalledProcessError, FileNotFoundError):
        return None
    return [path for path in listing.decode("utf-8", "surrogateescape").split("\0") if path]


def _walk(root: Path) -> Iterator[str]:
    """Every file outside the skipped folders, and the list of what is vendored, which tells that it is."""
    for folder, folders, names in os.walk(root):
        if "vendor" in folders:
            names.append("vendor/modules.txt")
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in names:
            yield (Path(folder) / name).relative_to(root).as_posix()
