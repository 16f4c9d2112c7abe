"""A command while it is being read, and the frame of the syntax it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.parsers.shell.script import Assignment, ShellCommand, ShellWord
from analyzers.parsers.shell.source import Source

_EXEC_OPTIONS = ("-c", "-l", "-a", "-cl")


@dataclass(eq=False, slots=True)
class Draft:
    """A command in the making, between two byte offsets."""

    start: int
    end: int
    words: list[ShellWord] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    writes: list[ShellWord] = field(default_factory=list)
    operator: str = ""
    is_last: bool = False
    is_substituted: bool = False
    function: str = ""

    def finished(self, source: Source) -> ShellCommand:
        words = _behind_exec(self.words)
        return ShellCommand(
            span=source.span(self.start, self.end),
            words=tuple(words),
            assignments=tuple(self.assignments),
            is_exec=len(words) < len(self.words),
            is_last=self.is_last,
            operator_after=self.operator,
            is_substituted=self.is_substituted,
            function=self.function,
            writes=tuple(self.writes),
        )


@dataclass(eq=False, slots=True)
class Frame:
    """A node that is open. `tails` are the commands that may be the last ones of it."""

    kind: str
    is_substituted: bool
    function: str
    draft: Draft | None = None
    latest: Draft | None = None
    """The command that ended last, as long as an operator may still follow it."""
    tails: list[Draft] = field(default_factory=list)
    tails_before: list[Draft] = field(default_factory=list)
    branches: list[Draft] = field(default_factory=list)

    def replace_tails(self, tails: list[Draft]) -> None:
        self.tails_before, self.tails = self.tails, tails

    def all_tails(self) -> list[Draft]:
        longer, shorter = sorted((self.branches, self.tails), key=len, reverse=True)
        longer.extend(shorter)
        return longer


def _behind_exec(words: list[ShellWord]) -> list[ShellWord]:
    """The words that `exec` runs; all of them where it runs nothing and only redirects."""
    if not words or words[0].text != "exec":
        return words
    at = 1
    while at < len(words) and words[at].text in _EXEC_OPTIONS:
        at += 2 if words[at].text == "-a" else 1
    return words[at:] or words
