"""A shell script that a container or another script starts, and what becomes of the shell that runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.parsers.light import light_record, light_value

HandsOver = Literal["exec", "child", "wait", "nothing", "unknown"]
ShellName = Literal["sh", "bash", "dash", "ash", "ksh", "zsh", ""]


@light_value
class Trap:
    """A `trap` command. Signals are named without SIG, in capitals; `EXIT` stands for 0."""

    at: Location
    signals: tuple[str, ...]
    handler: Fact[str]
    """The commands it runs, as written. Empty where the signals are ignored."""
    commands: tuple[Command, ...] = ()
    """The handler read, the functions it calls included."""
    is_reset: bool = False
    """`trap - TERM`: the default is back."""

    @property
    def forwards(self) -> bool:
        """It sends a signal on to another process."""
        return any(command.name == "kill" for command in self.commands)


@light_value
class Setting:
    """A variable that is set. `value` is unknown where something is expanded in it."""

    name: str
    value: Fact[str]
    is_exported: bool = False
    is_conditional: bool = False


@light_value
class Use:
    """A variable that is read. `default` is the word of `${NAME:-word}`."""

    name: str
    at: Location
    default: str | None = None
    is_required: bool = False
    """`${NAME:?}`: the script ends where it is not set."""


@light_record
class Script:
    """One script file, or the text of `sh -c`."""

    path: str
    at: Location
    """Its first line."""
    shell: ShellName
    """Which shell its first line, or its command line, names; `sh` may be any of them."""
    commands: tuple[Command, ...]
    hands_over: HandsOver
    """How it ends: `exec`, its place is taken by the last program on every way through; `child`, it starts
    that and stays; `wait`, it waits for what it started in the background; `nothing`, it starts no program
    last; `unknown`, ways differ or cannot be told."""
    last: tuple[Command, ...] = ()
    """What it starts last, one for each way through; not what only reports or ends it."""
    traps: tuple[Trap, ...] = ()
    waits: tuple[Command, ...] = ()
    options: frozenset[str] = frozenset()
    """Switched on by `set` or the first line: `errexit`, `nounset`, `pipefail`."""
    functions: Mapping[str, tuple[Command, ...]] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    uses: tuple[Use, ...] = ()
    sourced: tuple[Fact[str], ...] = ()
    """Files it reads in with `.` or `source`, as paths of the repository; unknown ones without value."""
    is_whole: bool = True
    """False where a part could not be understood."""
    has_windows_line_ends: bool = False

    @property
    def background(self) -> tuple[Command, ...]:
        """What it starts and does not wait for at once."""
        return tuple(command for command in self.commands if command.is_background and command.words)

    @property
    def children(self) -> tuple[Command, ...]:
        """What it starts last while it stays itself."""
        return tuple(command for command in self.last if not _replaces(command))

    def traps_of(self, signal: str) -> tuple[Trap, ...]:
        """The traps of a signal, `TERM` say, that handle it."""
        return tuple(
            trap
            for trap in self.traps
            if signal in trap.signals and not trap.is_reset and trap.handler.value != ""
        )


def _replaces(command: Command) -> bool:
    return command.is_exec and not command.is_subshell
