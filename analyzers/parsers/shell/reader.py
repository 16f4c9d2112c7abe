"""From the syntax tree of a shell script to its commands."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from analyzers.parsers.joined_text import Places
from analyzers.parsers.position import LineIndex
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell.draft import Draft, Frame
from analyzers.parsers.shell.script import Assignment, Script, ShellWord
from analyzers.parsers.shell.source import Source
from analyzers.parsers.shell.tree import parse_tree, walk

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_COMMANDS = 20_000
MAX_WORDS = 100_000
_COMMANDS = frozenset(
    {"command", "declaration_command", "unset_command", "test_command", "variable_assignment"}
)
_BUILT_IN = frozenset({"declaration_command", "unset_command"})
_ONE_AFTER_ANOTHER = frozenset(
    {"list", "pipeline", "redirected_statement", "negated_command", "variable_assignments"}
)
_ENCLOSING = frozenset(
    {
        "program",
        "subshell",
        "compound_statement",
        "do_group",
        "if_statement",
        "elif_clause",
        "else_clause",
        "while_statement",
        "for_statement",
        "c_style_for_statement",
        "case_statement",
        "case_item",
        "ERROR",
    }
)
_STATEMENTS = _COMMANDS | _ONE_AFTER_ANOTHER | _ENCLOSING | {"heredoc_redirect"}
_BRANCHES = frozenset({"elif_clause", "else_clause", "case_item"})
_SUBSTITUTIONS = frozenset({"command_substitution", "process_substitution"})
_OPERATORS = frozenset({"&&", "||", "|", "|&", ";", "&"})
_NOT_WORDS = frozenset(
    {"variable_assignment", "file_redirect", "herestring_redirect", "heredoc_redirect", "comment"}
)


def parse_shell(text: str, places: Places | None = None, seconds: float = 1.0) -> Script:
    """Read a script. `places` tells where its characters stand in the file; without it the text is the file.

    Raises Unreadable past 1 MiB, `seconds`, or more commands or words than a person writes.
    """
    return _Reader(Source(text, places or LineIndex(text))).read(seconds)


class _Reader:
    """One walk over one script's tree."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._frames = [Frame("", False, "")]
        self._drafts: list[Draft] = []
        self._comments: list[ShellWord] = []
        self._words = 0

    def read(self, seconds: float) -> Script:
        deadline = time.thread_time() + seconds
        tree = parse_tree(self._source.bytes, deadline)
        for is_start, node in walk(tree, deadline):
            if is_start:
                self._enter(node)
            else:
                self._leave()
        for draft in self._frames[0].tails:
            draft.is_last = True
        return Script(
            commands=tuple(draft.finished(self._source) for draft in self._drafts),
            comments=tuple(self._comments),
            is_whole=not tree.root_node.has_error,
        )

    def _enter(self, node: Node) -> None:
        parent = self._frames[-1]
        frame = Frame(node.type, parent.is_substituted, parent.function)
        self._frames.append(frame)
        if not node.is_named:
            self._token(node, parent)
        elif parent.draft is not None and parent.kind in _COMMANDS:
            self._part(node, parent.kind, parent.draft)
        elif node.type in _STATEMENTS:
            self._statement(node, frame, parent)
        elif node.type == "file_redirect":
            self._redirect(node, parent.latest)
        elif node.type == "comment":
            self._comments.append(self._plain(node))
        if node.type in _SUBSTITUTIONS:
            frame.is_substituted = True
        elif node.type == "function_definition":
            frame.function = self._name_of(node)

    def _leave(self) -> None:
        frame = self._frames.pop()
        parent = self._frames[-1]
        if frame.kind not in _STATEMENTS or (parent.draft is not None and parent.kind in _COMMANDS):
            return
        if frame.kind in _BRANCHES:
            parent.branches.extend(frame.all_tails())
            parent.latest = None
        elif frame.draft is not None:
            parent.latest = frame.draft
            parent.replace_tails([frame.draft])
        else:
            parent.latest = frame.latest if frame.kind in _ONE_AFTER_ANOTHER | {"heredoc_redirect"} else None
            tails = frame.all_tails()
            if tails or frame.kind != "heredoc_redirect":
                parent.replace_tails(tails)

    def _token(self, node: Node, parent: Frame) -> None:
        kind = node.type
        if kind == "then":
            parent.tails, parent.latest = [], None
        elif kind in _OPERATORS and parent.latest is not None:
            parent.latest.operator = kind
            if kind == "&":
                parent.tails = parent.tails_before
        elif parent.kind in _BUILT_IN and parent.draft is not None:
            self._add_word(parent.draft, self._source.node_word(node))

    def _statement(self, node: Node, frame: Frame, parent: Frame) -> None:
        if node.type == "heredoc_redirect":
            frame.latest = parent.latest
            return
        if parent.latest is not None and not parent.latest.operator:
            parent.latest.operator = ";"
        if node.type in _COMMANDS:
            frame.draft = self._draft(node, frame)

    def _draft(self, node: Node, frame: Frame) -> Draft:
        if len(self._drafts) >= MAX_COMMANDS:
            raise Unreadable(f"a shell script has more than {MAX_COMMANDS:,} commands")
        draft = Draft(
            node.start_byte, node.end_byte, is_substituted=frame.is_substituted, function=frame.function
        )
        self._drafts.append(draft)
        if node.type == "variable_assignment":
            self._assign(node, draft)
        elif node.type == "test_command":
            self._test_words(node, draft)
        return draft

    def _part(self, node: Node, kind: str, draft: Draft) -> None:
        """A child of a command: a word, an assignment in front, a redirection."""
        if kind == "command" and node.type == "variable_assignment":
            self._assign(node, draft)
        elif node.type == "file_redirect":
            self._redirect(node, draft)
        elif kind in _BUILT_IN or (kind == "command" and node.type not in _NOT_WORDS):
            self._add_word(draft, self._source.node_word(node))

    def _assign(self, node: Node, draft: Draft) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        at = (value.start_byte, value.end_byte) if value else (node.end_byte, node.end_byte)
        draft.assignments.append(
            Assignment(self._source.text(name.start_byte, name.end_byte), self._source.word(*at))
        )

    def _redirect(self, node: Node, draft: Draft | None) -> None:
        target = node.child_by_field_name("destination")
        written = self._source.text(node.start_byte, target.start_byte if target else node.end_byte)
        if draft is not None and target is not None and ">" in written and ">&" not in written:
            draft.writes.append(self._source.node_word(target))

    def _test_words(self, node: Node, draft: Draft) -> None:
        """The words of `[ ... ]`, cut at blanks: good enough to read, quotes with blanks in them apart."""
        offset = node.start_byte
        for part in self._source.bytes[offset : node.end_byte].split():
            start = self._source.bytes.index(part, offset)
            offset = start + len(part)
            self._add_word(draft, self._source.word(start, offset))

    def _add_word(self, draft: Draft, word: ShellWord) -> None:
        self._words += 1
        if self._words > MAX_WORDS:
            raise Unreadable(f"a shell script has more than {MAX_WORDS:,} words")
        draft.words.append(word)

    def _plain(self, node: Node) -> ShellWord:
        return ShellWord(
            self._source.text(node.start_byte, node.end_byte),
            self._source.span(node.start_byte, node.end_byte),
        )

    def _name_of(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self._source.text(name.start_byte, name.end_byte) if name else ""
