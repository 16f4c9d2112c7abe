"""The text of a script as tree-sitter sees it, in bytes, with the way back to characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from analyzers.parsers.shell.script import ShellWord
from analyzers.parsers.shell.words import unquote

if TYPE_CHECKING:
    from tree_sitter import Node


MAX_WORD = 1 << 16
"""A longer word is kept as written."""
_SUBSTITUTION = re.compile(rb"\$\(|`|<\(|>\(")
_WIDE = re.compile("[^\x00-\x7f]")


class Source:
    """A script's bytes with the way back to its characters."""

    def __init__(self, text: str) -> None:
        self.bytes = text.encode("utf-8", "replace")
        self._text = text
        self._wide = None if len(self.bytes) == len(text) else _WideCharacters(text)
        self._substitutions = array("L", (found.start() for found in _SUBSTITUTION.finditer(self.bytes)))

    def text(self, start: int, end: int) -> str:
        """What stands between two byte offsets."""
        if self._wide is None:
            return self._text[start:end]
        return self.bytes[start:end].decode("utf-8", "replace")

    def has_substitution(self, node: Node) -> bool:
        """A command may be run inside a node."""
        if not self._substitutions:
            return False
        at = bisect_left(self._substitutions, node.start_byte)
        return at < len(self._substitutions) and self._substitutions[at] < node.end_byte

    def word(self, start: int, end: int) -> ShellWord:
        """The word between two byte offsets."""
        if self._wide is None:
            raw = self._text[start:end]
        else:
            raw, start = self.text(start, end), self._wide.offset(start)
            end = start + len(raw)
        value = unquote(raw) if len(raw) <= MAX_WORD else None
        return ShellWord(raw, start, end, False) if value is None else ShellWord(value, start, end)

    def node_word(self, node: Node) -> ShellWord:
        """The word that a node is. `<(...)` becomes the name of a file, whatever it is."""
        if node.type == "process_substitution":
            return self.plain(node, is_constant=False)
        return self.word(node.start_byte, node.end_byte)

    def plain(self, node: Node, *, is_constant: bool = True) -> ShellWord:
        """A node as it is written."""
        start, end = node.start_byte, node.end_byte
        return ShellWord(self.text(start, end), self.character(start), self.character(end), is_constant)

    def character(self, byte: int) -> int:
        """The offset of the character that begins at a byte."""
        return byte if self._wide is None else self._wide.offset(byte)


class _WideCharacters:
    """Turns offsets in bytes into offsets in characters. Knows only the characters of several bytes."""

    def __init__(self, text: str) -> None:
        self._starts = array("L")
        self._offsets = array("L", (0,))
        """For the stretch behind each of them, by how much bytes are ahead of characters."""
        for found in _WIDE.finditer(text):
            ahead = self._offsets[-1]
            self._starts.append(found.start() + ahead)
            self._offsets.append(ahead + len(found[0].encode("utf-8", "replace")) - 1)

    def offset(self, byte: int) -> int:
        """The character that begins at a byte."""
        return byte - self._offsets[bisect_left(self._starts, byte)]
