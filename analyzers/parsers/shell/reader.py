"""From the syntax tree of a shell script to its commands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from analyzers.parsers.joined_text import Places
from analyzers.parsers.position import LineIndex
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell.command_parts import CommandParts
from analyzers.parsers.shell.draft import (
    CONDITIONAL,
    REPEATED,
    SUBSHELL,
    SUBSTITUTED,
    TESTED,
    Draft,
    Frame,
)
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
from analyzers.parsers.shell.script import Loop, Script, ShellCommand, ShellWord
from analyzers.parsers.shell.source import Source
from analyzers.parsers.shell.tree import TOO_LONG, parse_tree

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_COMMANDS = 20_000
MAX_LOOP_WORDS = 200
_NODES_BETWEEN_LOOKS = 1024
_INSIDE = "inside"
"""The kind of a frame in which only substitutions matter."""


def parse_shell(text: str, places: Places | None = None, seconds: float = 1.0) -> Script:
    """Read a script. `places` tells where its characters stand in the file; without it the text is the file.

    Raises Unreadable past 512 KiB, `seconds`, or more commands or words than a person writes.
    """
    if places is None:
        text = text.removeprefix("\ufeff")
    return _Reader(Source(text, places or LineIndex(text))).read(seconds)


class _Reader:
    """One walk over one script's tree: into statements and substitutions, past everything else."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parts = CommandParts(source)
        self._drafts: list[Draft] = []
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
            self._step()
        for draft in program.tails:
            draft.is_last = True
        return Script(
            commands=tuple(self._finished()),
            comments=tuple(self._comments),
            is_whole=not tree.root_node.has_error,
            heads=tuple(self._heads),
        )

    def _finished(self) -> Iterator[ShellCommand]:
        """The commands. What is in the background is counted by where it begins and where it ends."""
        changes = [0] * (len(self._drafts) + 1)
        for start, end in self._backgrounds:
            changes[start] += 1
            changes[end] -= 1
        for draft, depth in zip(self._drafts, accumulate(changes), strict=False):
            yield draft.finished(self._source, is_background=depth > 0)

    def _step(self) -> None:
        frame, nodes = self._open[-1]
        node = next(nodes, None)
        if node is not None:
            self._take(node, node.type, frame)
            return
        self._open.pop()
        if self._open:
            self._leave(frame, self._open[-1][0])

    def _take(self, node: Node, kind: str, parent: Frame) -> None:
        if parent.kind == _INSIDE:
            self._seek(node, kind, parent)
        elif kind in COMMANDS:
            self._begin_statement(parent)
            self._command(node, kind, parent)
        elif kind in OPERATORS:
            self._operator(kind, parent)
        elif kind in ENCLOSING or kind in ONE_AFTER_ANOTHER:
            self._begin_statement(parent)
            self._enter(node, kind, parent, _traits_inside(kind, parent.traits))
        elif kind == "then":
            parent.tails, parent.latest = [], None
            parent.traits = (parent.traits | CONDITIONAL) & ~TESTED
        elif kind == "file_redirect":
            self._parts.redirect(node, parent.latest)
            self._seek(node, kind, parent)
        elif kind == "comment":
            self._comments.append(self._source.plain(node))
        elif kind not in LEFT_OUT:
            self._other(node, kind, parent)

    def _other(self, node: Node, kind: str, parent: Frame) -> None:
        """What is no statement itself but may hold one."""
        if kind == "function_definition":
            name = node.child_by_field_name("name")
            frame = Frame(kind, 0, self._source.text(name.start_byte, name.end_byte) if name else "")
            self._open.append((frame, iter(node.children)))
        elif kind == "heredoc_redirect":
            frame = self._enter(node, kind, parent, parent.traits)
            frame.latest = frame.fed = parent.latest
        else:
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
        if parent.latest is not None and not parent.latest.operator and parent.kind != "heredoc_redirect":
            parent.latest.operator = ";"
        parent.latest_from = len(self._drafts)

    def _command(self, node: Node, kind: str, parent: Frame) -> None:
        if len(self._drafts) >= MAX_COMMANDS:
            raise Unreadable(f"a shell script has more than {MAX_COMMANDS:,} commands")
        draft = Draft(node.start_byte, node.end_byte, parent.traits, parent.function, parent.loops)
        self._drafts.append(draft)
        self._parts.read(node, kind, draft)
        parent.latest = draft
        parent.replace_tails([draft])
        self._seek(node, kind, parent)

    def _operator(self, kind: str, parent: Frame) -> None:
        if parent.latest is not None:
            parent.latest.operator = kind
        if kind == "&":
            self._backgrounds.append((parent.latest_from, len(self._drafts)))
            parent.tails = parent.tails_before
        elif kind in ("&&", "||"):
            parent.traits |= CONDITIONAL
            parent.is_either = kind == "||"

    def _leave(self, frame: Frame, parent: Frame) -> None:
        kind = frame.kind
        if kind in BRANCHES:
            parent.branches.extend(frame.all_tails())
            parent.latest = None
        elif kind == "function_definition":
            parent.latest = None
            for draft in frame.all_tails():
                draft.ends_function = True
        elif kind in ENCLOSING:
            parent.latest = None
            parent.replace_tails(frame.all_tails())
        elif kind in ONE_AFTER_ANOTHER or (kind == "heredoc_redirect" and frame.tails):
            parent.latest = frame.latest
            parent.replace_tails(frame.all_tails())


def _traits_inside(kind: str, traits: int) -> int:
    """What holds for commands in a statement, up to its `then` or its body."""
    if kind == "do_group":
        return (traits | CONDITIONAL | REPEATED) & ~TESTED
    if kind in ("else_clause", "case_item"):
        return (traits | CONDITIONAL) & ~TESTED
    if kind in TESTS:
        return traits | TESTED | (CONDITIONAL if kind == "elif_clause" else 0)
    return traits | SUBSHELL if kind in ("subshell", "pipeline") else traits
