"""A Dockerfile as a whole."""

from __future__ import annotations

from functools import cached_property

from analyzers.parsers.dockerfile.instruction import Instruction
from analyzers.parsers.dockerfile.syntax import Comment, Directive
from analyzers.parsers.light import light_record


@light_record
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
