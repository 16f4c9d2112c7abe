"""The frame of the syntax that a command of a script stands in, while it is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.parsers.shell.script import Loop, ShellCommand


@dataclass(eq=False, slots=True)
class Frame:
    """A node that is open. `tails` are the commands that may be the last ones of it."""

    kind: str
    traits: int
    function: str
    loops: tuple[Loop, ...] = ()
    latest: ShellCommand | None = None
    """The command that ended last, as long as an operator may still follow it."""
    latest_from: int = 0
    """How many commands there were before the part that ended last."""
    tails: list[ShellCommand] = field(default_factory=list)
    tails_before: list[ShellCommand] = field(default_factory=list)
    branches: list[ShellCommand] = field(default_factory=list)
    fed: ShellCommand | None = None
    """The command that a here-document is for."""
    is_either: bool = False
    """`||` stands before the next part: what came before may be the last as well."""

    def replace_tails(self, tails: list[ShellCommand]) -> None:
        self.tails_before = self.tails
        self.tails = _joined(self.tails, tails) if self.is_either else tails
        self.is_either = False

    def all_tails(self) -> list[ShellCommand]:
        return _joined(self.branches, self.tails) if self.branches else self.tails


def _joined(first: list[ShellCommand], second: list[ShellCommand]) -> list[ShellCommand]:
    """Both lists in the longer one, so that lists which grow cost no more than what is added."""
    longer, shorter = sorted((first, second), key=len, reverse=True)
    longer.extend(shorter)
    return longer
