"""The shape of a shell script: its simple commands, in the order they are written."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.parsers.position import Span


@dataclass(frozen=True, slots=True)
class ShellWord:
    """A word with its quotes removed. Where something is expanded in it, it is kept as written."""

    text: str
    span: Span
    is_constant: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """A `NAME=value` before a command, or alone."""

    name: str
    value: ShellWord


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A simple command. It has no words where it is nothing but assignments.

    A leading `exec` is told by `is_exec` and is not among the words.
    """

    span: Span
    words: tuple[ShellWord, ...]
    assignments: tuple[Assignment, ...] = ()
    is_exec: bool = False
    is_last: bool = False
    """Nothing follows it in the foreground, at least on one branch."""
    operator_after: str = ""
    """`&&`, `||`, `|`, `|&`, `;`, `&`, or nothing at the end of what encloses it."""
    is_substituted: bool = False
    """Inside `$(...)`, backquotes or `<(...)`."""
    function: str = ""
    """The function whose body it stands in."""
    writes: tuple[ShellWord, ...] = ()
    """Files its output is redirected to."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script. `is_whole` is False where parts could not be understood: absence proves nothing then."""

    commands: tuple[ShellCommand, ...]
    comments: tuple[ShellWord, ...] = ()
    is_whole: bool = True
