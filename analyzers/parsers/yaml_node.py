"""The nodes of a YAML document: what is written where, with nothing expanded and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from analyzers.parsers.light import light_leaf
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span

MERGE_DEPTH = 10


@light_leaf
class Node:
    """A part of a document. It is true where something is said: null and absent nodes are false.

    Lookups never fail: what is not there is an `Absent`, which stands where its parent stands.
    They follow aliases and merge keys; explicit keys win, and the last of two equal keys.
    """

    span: Span
    tag: str = ""
    """As written, with its `!`; empty where none is written."""
    origin: str = field(default="", kw_only=True)
    """The file it stands in, where that is another one than the document's: a patch, a chart's values."""
    gaps: tuple[int, ...] = field(default=(), kw_only=True)
    """The numbers of the template actions whose output would stand in it."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: str) -> Node:
        """The value of a key."""
        return Absent(self.span, origin=self.origin)

    def __iter__(self) -> Iterator[Node]:
        """The items of a sequence."""
        return iter(())

    def entry(self, key: str) -> Entry | None:
        """A key with its value."""
        return None

    def items(self) -> tuple[tuple[str, Entry], ...]:
        """Each key once, merged ones after the mapping's own."""
        return ()

    def at(self, *keys: str) -> Node:
        """The value at the end of a path of keys."""
        node = self
        for key in keys:
            node = node[key]
        return node

    @property
    def text(self) -> str:
        """The text of a scalar, empty for everything else."""
        return ""

    @property
    def target(self) -> Node:
        """What an alias stands for; every other node stands for itself."""
        return self

    @property
    def is_complete(self) -> bool:
        """False where a template may add entries that are not seen here."""
        return True


class Absent(Node):
    """What is not there."""

    def __bool__(self) -> bool:
        return False


@light_leaf
class Scalar(Node):
    """One value. `style` is empty for a plain one, else its quote, `|` or `>`.

    `lines` are the file's lines it takes, kept where the content is not simply what stands there.
    """

    content: str = ""
    style: str = ""
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.style) or self.content not in ("", "~", "null", "Null", "NULL")

    @property
    def text(self) -> str:
        return self.content


@light_leaf
class Entry:
    """A key and its value, as written: the value may be an alias."""

    key: Node
    value: Node

    @property
    def name(self) -> str:
        return self.key.text

    @property
    def span(self) -> Span:
        return (
            self.key.span.through(self.value.span) if self.key.origin == self.value.origin else self.key.span
        )


@light_leaf
class Sequence(Node):
    """A list. `elements` are as written: they may be aliases."""

    elements: tuple[Node, ...] = ()
    complete: bool = True
    is_flow: bool = False

    def __iter__(self) -> Iterator[Node]:
        return (element.target for element in self.elements)

    @property
    def is_complete(self) -> bool:
        return self.complete and not self.gaps


@light_leaf
class Mapping(Node):
    """Keys with values. `entries` are as written, with duplicates and `<<`."""

    entries: tuple[Entry, ...] = ()
    complete: bool = True
    is_flow: bool = False
    _index: dict[str, Entry] | None = field(default=None, init=False, repr=False)
    """Its entries by their names, from when one is first asked for."""
    _absent: Absent | None = field(default=None, init=False, repr=False)
    """One for all keys that it does not have."""

    def __getitem__(self, key: str) -> Node:
        found = self._indexed().get(key)
        return self._missing() if found is None else found.value.target

    def entry(self, key: str) -> Entry | None:
        return self._indexed().get(key)

    def items(self) -> tuple[tuple[str, Entry], ...]:
        return tuple(self._indexed().items())

    @property
    def is_complete(self) -> bool:
        return self.complete and not self.gaps and not any(PLACEHOLDER in each.name for each in self.entries)

    def _indexed(self) -> dict[str, Entry]:
        index = self._index
        if index is None:
            index = _merged(self, MERGE_DEPTH)
            object.__setattr__(self, "_index", index)
        return index

    def _missing(self) -> Absent:
        absent = self._absent
        if absent is None:
            absent = Absent(self.span, origin=self.origin)
            object.__setattr__(self, "_absent", absent)
        return absent


@light_leaf
class Alias(Node):
    """`*name`, with its own span. `anchored` is None where what it stands for holds the alias itself."""

    name: str = ""
    anchored: Node | None = None

    @property
    def target(self) -> Node:
        return self.anchored if self.anchored is not None else Absent(self.span)


def _merged(mapping: Mapping, depth: int) -> dict[str, Entry]:
    index = {entry.key.text: entry for entry in mapping.entries}
    if "<<" not in index:
        return index
    index = {entry.name: entry for entry in mapping.entries if not _is_merge(entry)}
    for source in _merge_sources(mapping) if depth else ():
        for name, entry in _merged(source, depth - 1).items():
            index.setdefault(name, entry)
    return index


def _is_merge(entry: Entry) -> bool:
    return isinstance(entry.key, Scalar) and entry.key.content == "<<" and not entry.key.style


def _merge_sources(mapping: Mapping) -> Iterator[Mapping]:
    for entry in mapping.entries:
        if _is_merge(entry):
            value = entry.value.target
            for source in value if isinstance(value, Sequence) else (value,):
                if isinstance(source, Mapping):
                    yield source
