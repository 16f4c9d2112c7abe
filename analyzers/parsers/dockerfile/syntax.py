"""What a Dockerfile is made of besides its instructions, each part with its place."""

from __future__ import annotations

from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span


@light_value
class Word:
    """A word as written, quotes and variables included; an element of a JSON array is decoded."""

    text: str
    span: Span


@light_value
class Flag:
    """`--name=value` before the arguments, or `--name` alone with an empty value. Quotes are removed."""

    written: str
    """All of it without quotes."""
    name: str
    value: str
    span: Span


@light_value
class Pair:
    """A `name=value` of ENV, LABEL or ARG. `value` is None for an ARG without one."""

    name: Word
    value: Word | None


@light_value
class Heredoc:
    """A `<<NAME` and its body. `body` has the leading tabs taken off where `<<-` asks for it."""

    name: str
    word: Word
    expands: bool
    body: JoinedText
    end: Word
    """The line that ends it."""


@light_value
class Comment:
    """A comment line; `text` begins after the `#`."""

    text: str
    span: Span

    @property
    def line(self) -> int:
        return self.span.line


@light_value
class Directive:
    """A `# name=value` at the top that steers the parser."""

    name: str
    value: str
    span: Span
