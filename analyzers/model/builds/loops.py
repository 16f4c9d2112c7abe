"""Loops over words that are known: `for name in orders pay; do docker build services/$name; done`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.builds.shell_state import ShellState
from analyzers.model.command import Command
from analyzers.parsers.shell import Loop

MOST_COMMANDS = 2_000
"""That the loops of one script come to."""


def unrolled(commands: Sequence[Command], shell: ShellState) -> Iterator[Command]:
    """The commands as they run, each to be told to the shell before the next is asked for.

    The body of a loop whose words are not known comes once, its variable not known.
    """
    if any(command.loops for command in commands):
        yield from _Unrolling(shell).run(commands, 0)
    else:
        yield from commands


class _Unrolling:
    def __init__(self, shell: ShellState) -> None:
        self._shell = shell
        self._left = MOST_COMMANDS

    def run(self, commands: Sequence[Command], depth: int) -> Iterator[Command]:
        """Commands that are all inside the same outer loops."""
        at = 0
        while at < len(commands):
            loops = commands[at].loops
            if len(loops) <= depth:
                self._left -= 1
                yield commands[at]
                at += 1
            else:
                end = _end(commands, at, depth)
                yield from self._turn(loops[depth], commands[at:end], depth + 1)
                at = end

    def _turn(self, loop: Loop, body: Sequence[Command], depth: int) -> Iterator[Command]:
        is_known = False
        for _ in self._shell.turns(loop):
            is_known = True
            if self._left > 0:
                yield from self.run(body, depth)
        if not is_known:
            yield from self.run(body, depth)


def _end(commands: Sequence[Command], at: int, depth: int) -> int:
    """Where the loop ends that a command is in."""
    loop = commands[at].loops[depth]
    while at < len(commands) and loop in commands[at].loops[depth : depth + 1]:
        at += 1
    return at
