"""`trap`: which signals a script handles, and how.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#trap
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.model.fact import Fact
from analyzers.model.script import Trap
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.problem import Unreadable

_NUMBERS = {
    "0": "EXIT",
    "1": "HUP",
    "2": "INT",
    "3": "QUIT",
    "6": "ABRT",
    "9": "KILL",
    "14": "ALRM",
    "15": "TERM",
}
_MOST = 100
_DEEPEST = 4
_SECONDS = 0.1
"""For the handlers' texts, each."""


def read_traps(commands: Sequence[Command], functions: Mapping[str, tuple[Command, ...]]) -> Iterator[Trap]:
    traps = (command for command in commands if command.words[:1] == ("trap",) and len(command.words) > 1)
    for _, command in zip(range(_MOST), traps, strict=False):
        if trap := _read(command, functions):
            yield trap


def _read(command: Command, functions: Mapping[str, tuple[Command, ...]]) -> Trap | None:
    at = 2 if command.words[1] == "--" else 1
    words = command.words[at:]
    if not words or words[0] in ("-l", "-p"):
        return None
    is_reset = words[0] == "-" or _is_signal(words[0])
    signals = tuple(map(_signal, words[0 if words[0] != "-" and is_reset else 1 :]))
    handler = "" if is_reset else words[0]
    fact = Fact(handler, command.word_at(at))
    return Trap(
        command.at, signals, fact, () if is_reset else _commands(handler, command, functions), is_reset
    )


def _is_signal(word: str) -> bool:
    """A number in the first place means that the signals' defaults come back."""
    return word.isdecimal()


def _signal(word: str) -> str:
    return _NUMBERS.get(word, word.upper().removeprefix("SIG"))


def _commands(
    handler: str, trap: Command, functions: Mapping[str, tuple[Command, ...]]
) -> tuple[Command, ...]:
    line, column = trap.at.span.line, trap.at.span.column
    text = handler[1:-1] if handler[:1] == '"' == handler[-1:] else handler
    try:
        commands = list(read_commands(JoinedText([Piece(text, line, column)]), trap.at.path, _SECONDS))
    except Unreadable:
        return ()
    seen: set[str] = set()
    for _ in range(_DEEPEST):
        called = {command.name for command in commands} & functions.keys() - seen
        if not called:
            break
        seen |= called
        commands += (command for name in sorted(called) for command in functions[name])
    return tuple(commands)
