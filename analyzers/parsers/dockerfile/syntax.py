"""The shape of a Dockerfile: instructions with their flags, words and heredocs, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.position import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, quotes and variables included; an element of a JSON array is decoded."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Flag:
    """`--name=value` before the arguments, or `--name` alone with an empty value. Quotes are removed."""

    written: str
    """All of it without quotes."""
    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A `name=value` of ENV, LABEL or ARG. `value` is None for an ARG without one."""

    name: Word
    value: Word | None


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A `<<NAME` and its body. `body` has the leading tabs taken off where `<<-` asks for it."""

    name: str
    word: Word
    expands: bool
    body: JoinedText
    end: Word
    """The line that ends it."""


@dataclass(frozen=True)
class Instruction:
    """One instruction. `keyword` is upper case; `arguments` is what follows the flags, continuations joined.

    `words` are cut as the instruction asks: at blanks, a JSON array's elements, or all as one.
    """

    keyword: str
    keyword_span: Span
    span: Span
    """From the keyword to the end of the last line that belongs to it, heredocs included."""
    flags: tuple[Flag, ...]
    arguments: JoinedText
    words: tuple[Word, ...]
    pairs: tuple[Pair, ...] = ()
    is_json: bool = False
    elements: tuple[JoinedText, ...] = ()
    """The decoded elements of a JSON array, each character with its place."""
    heredocs: tuple[Heredoc, ...] = ()
    child: Instruction | None = None
    """What ONBUILD keeps for later."""

    @property
    def line(self) -> int:
        return self.span.line

    def flag(self, name: str) -> Flag | None:
        """The last flag of that name, which is the one that counts."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment line; `text` begins after the `#`."""

    text: str
    span: Span

    @property
    def line(self) -> int:
        return self.span.line


@dataclass(frozen=True, slots=True)
class Directive:
    """A `# name=value` at the top that steers the parser."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True)
class Dockerfile:
    """A file as BuildKit reads it. `comments` leaves directives out, and what stands in heredocs."""

    instructions: tuple[Instruction, ...]
    comments: tuple[Comment, ...]
    directives: tuple[Directive, ...]
    escape: str
    empty_continuations: tuple[int, ...]
    """Lines that are empty inside an instruction, which BuildKit warns of."""
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The file's lines without their ends."""
        return tuple(line.rstrip("\r") for line in self.text.split("\n"))
