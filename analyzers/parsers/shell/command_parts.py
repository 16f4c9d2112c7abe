"""The parts of one simple command: words, assignments, redirections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell.kinds import BUILT_IN, NOT_WORDS, WORDS
from analyzers.parsers.shell.script import Assignment, ShellCommand, ShellWord
from analyzers.parsers.shell.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_WORDS = 100_000
_EXEC_OPTIONS = ("-c", "-l", "-a", "-cl")


class CommandParts:
    """Reads the parts of a script's commands, up to MAX_WORDS words in all."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._words = 0

    def read(self, node: Node, kind: str, command: ShellCommand) -> None:
        """Everything that belongs to a command. Raises Unreadable."""
        if kind == "variable_assignment":
            self._assign(node, command)
        elif kind == "test_command":
            self._test_words(node, command)
        else:
            for child in node.children:
                part = child.type
                if part in WORDS:
                    command.words.append(self._source.word(child.start_byte, child.end_byte))
                else:
                    self._part(child, part, kind, command)
        words = command.words
        self._words += len(words)
        if self._words > MAX_WORDS:
            raise Unreadable(f"a shell script has more than {MAX_WORDS:,} words")
        if words and words[0].text == "exec":
            command.words = _behind_exec(words)
            command.is_exec = len(command.words) < len(words)

    def redirect(self, node: Node, command: ShellCommand | None) -> None:
        """`> file` behind a command, or behind what it is the end of."""
        target = node.child_by_field_name("destination")
        written = self._source.text(node.start_byte, target.start_byte if target else node.end_byte)
        if command is not None and target is not None and ">" in written and ">&" not in written:
            command.writes.append(self._source.node_word(target))

    def feed(self, body: Node, command: ShellCommand) -> None:
        """The body of a here-document, which is for a command."""
        start = body.prev_named_sibling
        while start is not None and start.type != "heredoc_start":
            start = start.prev_named_sibling
        text = self._source.bytes[body.start_byte : body.end_byte]
        is_quoted = (
            start is not None and self._source.bytes[start.start_byte : start.start_byte + 1] in b"'\"\\"
        )
        command.input = self._source.plain(body, is_constant=is_quoted or not (b"$" in text or b"`" in text))

    def _part(self, node: Node, part: str, kind: str, command: ShellCommand) -> None:
        if part == "variable_assignment" and kind == "command":
            self._assign(node, command)
        elif part == "file_redirect":
            self.redirect(node, command)
        elif part == "herestring_redirect":
            fed = node.named_children
            command.input = self._source.node_word(fed[-1]) if fed else None
        elif kind in BUILT_IN or part not in NOT_WORDS:
            command.words.append(self._source.node_word(node))

    def _assign(self, node: Node, command: ShellCommand) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        at = (value.start_byte, value.end_byte) if value else (node.end_byte, node.end_byte)
        command.assignments.append(
            Assignment(self._source.text(name.start_byte, name.end_byte), self._source.word(*at))
        )

    def _test_words(self, node: Node, command: ShellCommand) -> None:
        """The words of `[ ... ]`, cut at blanks: good enough to read, quotes with blanks in them apart."""
        offset = node.start_byte
        for part in self._source.bytes[offset : node.end_byte].split():
            start = self._source.bytes.index(part, offset)
            offset = start + len(part)
            command.words.append(self._source.word(start, offset))


def _behind_exec(words: list[ShellWord]) -> list[ShellWord]:
    """The words that `exec` runs; all of them where it runs nothing and only redirects."""
    at = 1
    while at < len(words) and words[at].text in _EXEC_OPTIONS:
        at += 2 if words[at].text == "-a" else 1
    if at < len(words) and words[at].text == "--":
        at += 1
    return words[at:] or words
