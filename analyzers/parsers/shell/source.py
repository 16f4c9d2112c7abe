"""The text of a script as tree-sitter sees it, in bytes, with the way back to places in the file."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from analyzers.parsers.joined_text import Places
from analyzers.parsers.position import Span
from analyzers.parsers.shell.script import ShellWord
from analyzers.parsers.shell.words import unquote

if TYPE_CHECKING:
    from tree_sitter import Node


MAX_WORD = 1 << 16
"""A longer word is kept as written."""


class Source:
    """A script's bytes with the way back to places."""

    def __init__(self, text: str, places: Places) -> None:
        self.bytes = text.encode("utf-8", "replace")
        self._places = places
        self._characters = None if len(self.bytes) == len(text) else _character_offsets(text)

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of bytes."""
        if self._characters is None:
            return self._places.span(start, end)
        return self._places.span(self._characters[start], self._characters[end])

    def text(self, start: int, end: int) -> str:
        return self.bytes[start:end].decode("utf-8", "replace")

    def word(self, start: int, end: int) -> ShellWord:
        """The word between two byte offsets."""
        raw = self.text(start, end)
        value = unquote(raw) if len(raw) <= MAX_WORD else None
        return ShellWord(raw if value is None else value, self.span(start, end), value is not None)

    def node_word(self, node: Node) -> ShellWord:
        word = self.word(node.start_byte, node.end_byte)
        return ShellWord(word.text, word.span, False) if node.type == "process_substitution" else word


def _character_offsets(text: str) -> array[int]:
    """For each byte the offset of the character it belongs to, and one more for the end."""
    offsets = array("L")
    for offset, character in enumerate(text):
        offsets.extend([offset] * len(character.encode("utf-8", "replace")))
    offsets.append(len(text))
    return offsets
