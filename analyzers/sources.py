"""The files of one tree, each parsed once. What cannot be read is noted and costs no other file anything."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, MutableMapping, Set
from typing import TypeVar

from cachetools import LRUCache

from analyzers.files import RepoFiles
from analyzers.finding import Location, Note
from analyzers.parsers.problem import Unreadable
from analyzers.selection import MAX_FILE_BYTES, MAX_MANIFEST_BYTES, MOST_LARGE_BYTES, is_yaml
from analyzers.sharing import Listing, Made, Shared

LFS_POINTER = "is a Git LFS pointer: what it stands for is not in the repository, not analysed"
_LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
"""How a file begins whose content is stored outside of git; and it is short.

https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
"""
_LFS_BYTES = 1024

T = TypeVar("T")
ParseCache = MutableMapping[Hashable, object]
"""Parse results by (parser, content id): base and head share nearly all of them."""


def new_cache(entries: int = 50_000) -> ParseCache:
    return LRUCache(maxsize=entries)


class Sources:
    """Hands out parsed files and collects the notes on those that could not be."""

    def __init__(
        self,
        files: RepoFiles,
        paths: Iterable[str],
        cache: ParseCache | None = None,
        changed: Collection[str] = (),
        shared: Shared | None = None,
    ) -> None:
        self._files = files
        self._cache = new_cache() if cache is None else cache
        self._contents: dict[str, bytes] = {}
        self._notes: dict[str, Note] = {}
        self._noted: list[str] = []
        """The keys of the notes in their order."""
        self._split: tuple[str, list[str]] = ("", [])
        self._shared = shared or Shared()
        self._asked: set[str] = set()
        self.paths = tuple(paths)
        self.changed = frozenset(changed)
        """What the change under review touches: these files are read whole, used or not."""
        self.tree = files.tree
        self.is_partial = files.is_partial
        """The tree lists only a part of the files: what is not in it may be there."""
        self._listing = self._shared.known(Listing(self.tree.keys(), self.paths))
        self._load()

    def _load(self) -> None:
        small = [path for path in self.paths if self.tree[path].size <= MAX_FILE_BYTES]
        large = list(self._large())
        self._contents.update(self._files.read([*small, *large]))
        for path in small:
            if path not in self._contents:
                self.note(path, "could not be read")
        for path in self.paths:
            if self.tree[path].size > MAX_FILE_BYTES and path not in self._contents:
                reason = f"larger than {MAX_FILE_BYTES >> 10} KiB, not analysed"
                self._notes[path] = Note(path, reason, is_failure=False)
        for path in [path for path, content in self._contents.items() if _is_lfs_pointer(content)]:
            del self._contents[path]
            self._notes[path] = Note(path, LFS_POINTER, is_failure=path in self.changed)

    def _large(self) -> Iterator[str]:
        """Manifests that are read although they are large; a forge may leave them out all the same."""
        room = MOST_LARGE_BYTES
        for path in filter(is_yaml, self.paths):
            size = self.tree[path].size
            if MAX_FILE_BYTES < size <= min(MAX_MANIFEST_BYTES, room):
                room -= size
                yield path

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())

    @property
    def analysed(self) -> int:
        """How many files were read and not given up."""
        return len(self.analysed_paths)

    @property
    def analysed_paths(self) -> Set[str]:
        return self._contents.keys() - self._notes.keys()

    def note(self, path: str, reason: str, line: int | None = None) -> None:
        """Say that a file was not, or not wholly, analysed. The first reason stays."""
        self._add(path, Note(path, reason, line))

    def remark(self, reason: str, path: str = "", line: int | None = None) -> None:
        """Say what holds for the whole run, or what a file asks for that is not followed."""
        self._add(f"{path}\0{reason}", Note(path, reason, line, is_failure=False))

    def _add(self, key: str, note: Note) -> None:
        if key not in self._notes:
            self._notes[key] = note
            self._noted.append(key)

    def remark_at(self, path: str, reason: str, line: int) -> None:
        """The same, as readers of the model say it."""
        self.remark(reason, path, line)

    def content(self, path: str) -> bytes | None:
        self._asked.add(path)
        return self._contents.get(path)

    def text(self, path: str) -> str | None:
        """The file's text with its line ends as they are; None (and a note) where it is not UTF-8."""
        content = self.content(path)
        if content is None:
            return None
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            self.note(path, "is not UTF-8 text, not analysed")
            return None

    def text_at(self, at: Location) -> str:
        """What stands at a place."""
        lines = self._lines(at.path)[at.span.line - 1 : at.span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: at.span.end_column - 1]
        lines[0] = lines[0][at.span.column - 1 :]
        return "\n".join(lines)

    def _lines(self, path: str) -> list[str]:
        """The lines of a file, kept until another is asked for: places come file by file."""
        if self._split[0] != path:
            self._split = (path, (self.text(path) or "").split("\n"))
        return self._split[1]

    def parse(self, path: str, parser: Callable[[str], T]) -> T | None:
        """The parsed file, from the cache where the same content was parsed before."""
        text = self.text(path)
        return None if text is None else self._remember(path, parser, text)

    def parse_bytes(self, path: str, parser: Callable[[bytes], T]) -> T | None:
        content = self.content(path)
        return None if content is None else self._remember(path, parser, content)

    def share(self, make: Callable[..., T], *inputs: object, of: str = "") -> T:
        """`make(self, *inputs)`, or what it gave for another tree of this review if it would give the same.

        That is so where the inputs are equal, the same files are there, and those it asked for say the same:
        it must read files through these sources alone. `of` tells apart what one function makes.
        """
        made = self._shared.made
        known = made.get((make, of))
        if known is None or not known.holds(inputs, self._listing, self.tree):
            known = made[make, of] = self._make(make, inputs)
        else:
            self._asked.update(known.asked)
            for key, note in known.notes.items():
                self._add(key, note)
        return known.result  # type: ignore[return-value]

    def _make(self, make: Callable[..., object], inputs: tuple[object, ...]) -> Made:
        around, noted = self._asked, len(self._noted)
        self._asked = set()
        result = make(self, *inputs)
        asked = {path: self.tree.get(path) for path in self._asked}
        around.update(asked)
        self._asked = around
        notes = {key: self._notes[key] for key in self._noted[noted:]}
        return Made(result, inputs, self._listing, asked, notes)

    def share_value(self, make: Callable[..., T], *inputs: object, of: str = "") -> T:
        """`make(*inputs)`, which asks for no file, or what it gave for equal inputs before."""
        values = self._shared.values
        known = values.get((make, of))
        if known is None or known[0] != inputs:
            known = values[make, of] = (inputs, make(*inputs))
        return known[1]  # type: ignore[return-value]

    def _remember(self, path: str, parser: Callable[..., T], content: str | bytes) -> T | None:
        key = (parser, self.tree[path].id)
        try:
            result = self._cache[key]
        except KeyError:
            result = _attempt(parser, content)
            self._cache[key] = result
        if isinstance(result, Unreadable):
            self.note(path, result.reason, result.line)
            return None
        return result  # type: ignore[return-value]

    def beside(self, path: str, name: str) -> str:
        """The path of `name` in the folder of `path`."""
        return posixpath.join(posixpath.dirname(path), name)


def _is_lfs_pointer(content: bytes) -> bool:
    return len(content) < _LFS_BYTES and content.startswith(_LFS_POINTER)


def _attempt(parser: Callable[..., object], content: str | bytes) -> object:
    try:
        return parser(content)
    except Unreadable as problem:
        return problem
