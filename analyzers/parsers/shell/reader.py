"""From the syntax tree of a shell script to its commands."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell.command_parts import CommandParts
from analyzers.parsers.shell.frame import Frame
from analyzers.parsers.shell.kinds import (
    BRANCHES,
    COMMANDS,
    ENCLOSING,
    HEADS,
    LEFT_OUT,
    ONE_AFTER_ANOTHER,
    OPERATORS,
    SUBSTITUTIONS,
    TESTS,
)
from analyzers.parsers.shell.script import (
    BACKGROUND,
    CONDITIONAL,
    REPEATED,
    SUBSHELL,
    SUBSTITUTED,
    TESTED,
    Loop,
    Script,
    ShellCommand,
    ShellWord,
)
from analyzers.parsers.shell.source import Source
from analyzers.parsers.shell.tree import TOO_LONG, parse_tree

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_COMMANDS = 20_000
MAX_LOOP_WORDS = 200
_SHORT, _MOST_KEPT = 512, 128
"""Jobs have many scripts of few characters in common. What is kept takes 15 MB at the very most."""
_NODES_BETWEEN_LOOKS = 1024
_INSIDE = "inside"
"""The kind of a frame in which only substitutions matter."""


def parse_shell(text: str, seconds: float = 1.0) -> Script:
    """Read a script.

    Raises Unreadable past 512 KiB, `seconds`, or more commands or words than a person writes.
    """
    return _Reader(Source(text)).read(seconds) if len(text) > _SHORT else _parse_short(text)


@lru_cache(_MOST_KEPT)
def _parse_short(text: str) -> Script:
    return _Reader(Source(text)).read(1.0)


class _Reader:
    """One walk over one script's tree: into statements and substitutions, past everything else."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parts = CommandParts(source)
        self._commands: list[ShellCommand] = []
        self._comments: list[ShellWord] = []
        self._heads: list[ShellWord] = []
        self._backgrounds: list[tuple[int, int]] = []
        self._open: list[tuple[Frame, Iterator[Node]]] = []

    def read(self, seconds: float) -> Script:
        deadline = time.thread_time() + seconds
        tree = parse_tree(self._source.bytes, deadline)
        program = Frame("program", 0, "")
        self._open.append((program, iter(tree.root_node.children)))
        seen = 0
        while self._open:
            seen += 1
            if seen % _NODES_BETWEEN_LOOKS == 0 and time.thread_time() > deadline:
                raise Unreadable(TOO_LONG)
            frame, nodes = self._open[-1]
            node = next(nodes, None)
            if node is None:
                self._open.pop()
                self._leave(frame)
            else:
                kind = node.type
                take = _Reader._seek if frame.kind == _INSIDE else _TAKERS.get(kind, _Reader._other)
                take(self, node, kind, frame)
        for command in program.tails:
            command.is_last = True
        if self._backgrounds:
            self._mark_backgrounds()
        return Script(
            commands=tuple(self._commands),
            comments=tuple(self._comments),
            is_whole=not tree.root_node.has_error,
            heads=tuple(self._heads),
        )

    def _mark_backgrounds(self) -> None:
        """What is in the background is counted by where it begins and where it ends."""
        changes = [0] * (len(self._commands) + 1)
        for start, end in self._backgrounds:
            changes[start] += 1
            changes[end] -= 1
        for command, depth in zip(self._commands, accumulate(changes), strict=False):
            if depth > 0:
                command.traits |= BACKGROUND

    def _statement(self, node: Node, kind: str, parent: Frame) -> None:
        self._begin_statement(parent)
        self._enter(node, kind, parent, _traits_inside(kind, parent.traits))

    def _then(self, node: Node, kind: str, parent: Frame) -> None:
        parent.tails, parent.latest = [], None
        parent.traits = (parent.traits | CONDITIONAL) & ~TESTED

    def _redirect(self, node: Node, kind: str, parent: Frame) -> None:
        self._parts.redirect(node, parent.latest)
        self._seek(node, kind, parent)

    def _comment(self, node: Node, kind: str, parent: Frame) -> None:
        self._comments.append(self._source.plain(node))

    def _function(self, node: Node, kind: str, parent: Frame) -> None:
        name = node.child_by_field_name("name")
        frame = Frame(kind, 0, self._source.text(name.start_byte, name.end_byte) if name else "")
        self._open.append((frame, iter(node.children)))

    def _heredoc(self, node: Node, kind: str, parent: Frame) -> None:
        frame = self._enter(node, kind, parent, parent.traits)
        frame.latest = frame.fed = parent.latest

    def _nothing(self, node: Node, kind: str, parent: Frame) -> None:
        """A frequent node that holds no command."""

    def _other(self, node: Node, kind: str, parent: Frame) -> None:
        """What is no statement itself but may hold one."""
        if kind == "heredoc_body" and parent.fed is not None:
            self._parts.feed(node, parent.fed)
        elif parent.kind in HEADS and b"$" in self._source.bytes[node.start_byte : node.end_byte]:
            self._heads.append(self._source.node_word(node))
        self._seek(node, kind, parent)

    def _enter(self, node: Node, kind: str, parent: Frame, traits: int) -> Frame:
        loops = (*parent.loops, self._loop(node)) if kind == "for_statement" else parent.loops
        frame = Frame(kind, traits, parent.function, loops)
        self._open.append((frame, iter(node.children)))
        return frame

    def _loop(self, node: Node) -> Loop:
        name = node.child_by_field_name("variable")
        words = islice(node.children_by_field_name("value"), MAX_LOOP_WORDS)
        variable = self._source.text(name.start_byte, name.end_byte) if name else ""
        return Loop(variable, tuple(map(self._source.node_word, words)))

    def _seek(self, node: Node, kind: str, parent: Frame) -> None:
        """Go on into a node for the commands that are substituted in it."""
        if kind in SUBSTITUTIONS:
            self._enter(node, kind, parent, parent.traits | SUBSTITUTED | SUBSHELL)
        elif self._source.has_substitution(node) and node.child_count:
            self._enter(node, _INSIDE, parent, parent.traits)

    def _begin_statement(self, parent: Frame) -> None:
        latest = parent.latest
        if latest is not None and not latest.operator_after and parent.kind != "heredoc_redirect":
            latest.operator_after = ";"
        parent.latest_from = len(self._commands)

    def _command(self, node: Node, kind: str, parent: Frame) -> None:
        if len(self._commands) >= MAX_COMMANDS:
            raise Unreadable(f"a shell script has more than {MAX_COMMANDS:,} commands")
        self._begin_statement(parent)
        start, end = self._source.character(node.start_byte), self._source.character(node.end_byte)
        command = ShellCommand(start, end, parent.traits, parent.function, parent.loops)
        self._commands.append(command)
        self._parts.read(node, kind, command)
        parent.latest = command
        parent.replace_tails([command])
        self._seek(node, kind, parent)

    def _operator(self, node: Node, kind: str, parent: Frame) -> None:
        if parent.latest is not None:
            parent.latest.operator_after = kind
        if kind == "&":
            self._backgrounds.append((parent.latest_from, len(self._commands)))
            parent.tails = parent.tails_before
        elif kind in ("&&", "||"):
            parent.traits |= CONDITIONAL
            parent.is_either = kind == "||"

    def _leave(self, frame: Frame) -> None:
        if not self._open:
            return
        parent, kind = self._open[-1][0], frame.kind
        if kind in BRANCHES:
            parent.branches.extend(frame.all_tails())
            parent.latest = None
        elif kind == "function_definition":
            parent.latest = None
            for command in frame.all_tails():
                command.ends_function = True
        elif kind in ENCLOSING:
            parent.latest = None
            parent.replace_tails(frame.all_tails())
        elif kind in ONE_AFTER_ANOTHER or (kind == "heredoc_redirect" and frame.tails):
            parent.latest = frame.latest
            parent.replace_tails(frame.all_tails())


_TAKERS: dict[str, Callable[[_Reader, Node, str, Frame], None]] = {
    **dict.fromkeys(LEFT_OUT, _Reader._nothing),
    **dict.fromkeys(COMMANDS, _Reader._command),
    **dict.fromkeys(OPERATORS, _Reader._operator),
    **dict.fromkeys(ENCLOSING | ONE_AFTER_ANOTHER, _Reader._statement),
    "then": _Reader._then,
    "file_redirect": _Reader._redirect,
    "comment": _Reader._comment,
    "function_definition": _Reader._function,
    "heredoc_redirect": _Reader._heredoc,
}
"""What is done about each kind of node where statements stand; `_other` about the rest."""


def _traits_inside(kind: str, traits: int) -> int:
    """What holds for commands in a statement, up to its `then` or its body."""
    if kind == "do_group":
        return (traits | CONDITIONAL | REPEATED) & ~TESTED
    if kind in ("else_clause", "case_item"):
        return (traits | CONDITIONAL) & ~TESTED
    if kind in TESTS:
        return traits | TESTED | (CONDITIONAL if kind == "elif_clause" else 0)
    return traits | SUBSHELL if kind in ("subshell", "pipeline") else traits
