"""BuildKit's line algorithm: which lines make one instruction, and where heredocs end.

Facts: https://github.com/moby/buildkit/tree/master/frontend/dockerfile/parser and
https://docs.docker.com/reference/dockerfile/#format
"""

from __future__ import annotations

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.directives import escape_of, read_directives
from analyzers.parsers.dockerfile.file import Dockerfile
from analyzers.parsers.dockerfile.heredocs import Announcement
from analyzers.parsers.dockerfile.instruction import Instruction
from analyzers.parsers.dockerfile.instruction_reader import (
    heredocs_announced,
    read_instruction,
    with_heredocs,
)
from analyzers.parsers.dockerfile.lines import BYTE_ORDER_MARK, is_comment, split_lines, without_continuation
from analyzers.parsers.dockerfile.syntax import Comment, Heredoc, Word
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

MAX_INSTRUCTIONS = 10_000


def parse_dockerfile(text: str) -> Dockerfile:
    """Read a Dockerfile as BuildKit would.

    Raises Unreadable for what BuildKit refuses to parse, and past 1 MiB, 65,535 bytes a line
    or MAX_INSTRUCTIONS.
    """
    return _Reader(text.removeprefix(BYTE_ORDER_MARK)).read()


class _Reader:
    """One pass over the lines of one file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = split_lines(text)
        self._next = 0
        self._directives = read_directives(self._lines)
        self._escape = escape_of(self._directives)
        self._comments: list[Comment] = []
        self._empty: list[int] = []

    def read(self) -> Dockerfile:
        self._next = len(self._directives)
        instructions: list[Instruction] = []
        while self._next < len(self._lines):
            instruction = self._instruction()
            if instruction:
                instructions.append(instruction)
                if len(instructions) > MAX_INSTRUCTIONS:
                    raise Unreadable(
                        f"the file has more than {MAX_INSTRUCTIONS:,} instructions", instruction.line
                    )
        if not instructions:
            raise Unreadable("the file has no instructions")
        return Dockerfile(
            instructions=tuple(instructions),
            comments=tuple(self._comments),
            directives=self._directives,
            escape=self._escape,
            empty_continuations=tuple(self._empty),
            text=self._text,
        )

    def _instruction(self) -> Instruction | None:
        line = self._line()
        if line is None:
            return None
        instruction = read_instruction(line, self._escape)
        announced = heredocs_announced(instruction)
        if not announced:
            return instruction
        return with_heredocs(instruction, tuple(self._heredoc(one, instruction) for one in announced))

    def _line(self) -> JoinedText | None:
        """The next instruction's line with its continuations, None where there is a comment or nothing."""
        line = self._take()
        written = line.lstrip(SPACES)
        if not written:
            return None
        if written[0] == "#":
            self._keep_comment(line)
            return None
        body, continues = without_continuation(written, self._escape)
        column = len(line) - len(written) + 1
        if not continues:
            return JoinedText.of_line(body, self._next, column)
        return self._continued(Piece(body, self._next, column))

    def _continued(self, first: Piece) -> JoinedText:
        """The line that begins with a piece and goes on, without the comments and empty lines in it."""
        pieces, continues = [first], True
        while continues and self._next < len(self._lines):
            line = self._take()
            if is_comment(line):
                self._keep_comment(line)
            elif not line.strip(SPACES):
                self._empty.append(self._next)
            else:
                body, continues = without_continuation(line, self._escape)
                pieces.append(Piece(body, self._next, 1))
        if continues:
            pieces.append(Piece("", self._next, 1))
        return JoinedText(pieces)

    def _heredoc(self, announced: Announcement, instruction: Instruction) -> Heredoc:
        body: list[Piece] = []
        first = self._next
        while self._next < len(self._lines):
            line = self._lines[self._next]
            self._next += 1
            content = line.lstrip("\t") if announced.strips_tabs else line
            column = len(line) - len(content) + 1
            ending = content.rstrip("\r\n")
            if ending == announced.name:
                span = Span(self._next, column, self._next, column + len(ending))
                joined = JoinedText(body or [Piece("", first + 1, 1)])
                return Heredoc(announced.name, announced.word, announced.expands, joined, Word(ending, span))
            body.append(Piece(content, self._next, column))
        raise Unreadable(f"the heredoc {announced.name[:80]!r} does not end", instruction.line)

    def _take(self) -> str:
        line = self._lines[self._next].rstrip("\r\n")
        self._next += 1
        return line

    def _keep_comment(self, line: str) -> None:
        start = line.index("#")
        self._comments.append(
            Comment(line[start + 1 :].strip(), Span(self._next, start + 1, self._next, len(line) + 1))
        )
