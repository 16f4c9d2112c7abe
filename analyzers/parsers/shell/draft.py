"""A command while it is being read, and the frame of the syntax it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.parsers.shell.script import Assignment, Loop, ShellCommand, ShellWord
from analyzers.parsers.shell.source import Source

SUBSTITUTED, CONDITIONAL, TESTED, REPEATED, SUBSHELL = 1, 2, 4, 8, 16
"""What holds for all commands of a frame, added up."""
_EXEC_OPTIONS = ("-c", "-l", "-a", "-cl")


@dataclass(eq=False, slots=True)
class Draft:
    """A command in the making, between two byte offsets."""

    start: int
    end: int
    traits: int = 0
    function: str = ""
    loops: tuple[Loop, ...] = ()
    words: list[ShellWord] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    writes: list[ShellWord] = field(default_factory=list)
    input: ShellWord | None = None
    operator: str = ""
    is_last: bool = False
    ends_function: bool = False

    def finished(self, source: Source, *, is_background: bool) -> ShellCommand:
        words = _behind_exec(self.words)
        traits = self.traits
        return ShellCommand(
            span=source.span(self.start, self.end),
            words=tuple(words),
            assignments=tuple(self.assignments),
            is_exec=len(words) < len(self.words),
            is_last=self.is_last,
            operator_after=self.operator,
            is_substituted=bool(traits & SUBSTITUTED),
            function=self.function,
            writes=tuple(self.writes),
            input=self.input,
            is_conditional=bool(traits & CONDITIONAL),
            is_tested=bool(traits & TESTED),
            is_repeated=bool(traits & REPEATED),
            is_subshell=is_background or bool(traits & SUBSHELL),
            is_background=is_background,
            ends_function=self.ends_function,
            loops=self.loops,
        )


@dataclass(eq=False, slots=True)
class Frame:
    """A node that is open. `tails` are the commands that may be the last ones of it."""

    kind: str
    traits: int
    function: str
    loops: tuple[Loop, ...] = ()
    latest: Draft | None = None
    """The command that ended last, as long as an operator may still follow it."""
    latest_from: int = 0
    """How many commands there were before the part that ended last."""
    tails: list[Draft] = field(default_factory=list)
    tails_before: list[Draft] = field(default_factory=list)
    branches: list[Draft] = field(default_factory=list)
    fed: Draft | None = None
    """The command that a here-document is for."""
    is_either: bool = False
    """`||` stands before the next part: what came before may be the last as well."""

    def replace_tails(self, tails: list[Draft]) -> None:
        self.tails_before = self.tails
        self.tails = _joined(self.tails, tails) if self.is_either else tails
        self.is_either = False

    def all_tails(self) -> list[Draft]:
        return _joined(self.branches, self.tails)


def _joined(first: list[Draft], second: list[Draft]) -> list[Draft]:
    """Both lists in the longer one, so that lists which grow cost no more than what is added."""
    longer, shorter = sorted((first, second), key=len, reverse=True)
    longer.extend(shorter)
    return longer


def _behind_exec(words: list[ShellWord]) -> list[ShellWord]:
    """The words that `exec` runs; all of them where it runs nothing and only redirects."""
    if not words or words[0].text != "exec":
        return words
    at = 1
    while at < len(words) and words[at].text in _EXEC_OPTIONS:
        at += 2 if words[at].text == "-a" else 1
    if at < len(words) and words[at].text == "--":
        at += 1
    return words[at:] or words
