"""Shell scripts inside CI configurations, read into commands with their places in the file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.model.pipelines.expressions import has_expression, hide, restore
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Scalar
from analyzers.parsers.yaml_script import place_pieces, place_text

SECONDS = 5.0
"""What the scripts of one configuration may take together."""

PutIn = Callable[[str], str]
"""What an expression becomes: itself, or what is known in its place."""


class Scripts:
    """Reads the scripts of one configuration, each once however many jobs share it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._left = seconds
        self._read: dict[tuple[int, ...], _Hidden] = {}

    def read(self, path: str, scalars: Sequence[Scalar], put_in: PutIn | None = None) -> tuple[Command, ...]:
        """The commands of scalars that one shell runs one after the other.

        A word keeps the `${{ }}` expressions in it as they are written, or as `put_in` replaces them.
        Raises Unreadable.
        """
        key = tuple(map(id, scalars))
        if key not in self._read:
            started = time.thread_time()
            self._read[key] = self._commands(path, scalars)
            self._left -= time.thread_time() - started
        hidden = self._read[key]
        if not hidden.expressions or put_in is None:
            return hidden.restored
        return _restored(hidden.commands, tuple(map(put_in, hidden.expressions)))

    def _commands(self, path: str, scalars: Sequence[Scalar]) -> _Hidden:
        if not scalars:
            return _Hidden((), (), ())
        if self._left <= 0:
            raise Unreadable("its scripts take too long to read", scalars[0].span.line)
        script = _placed(scalars)
        if not has_expression(script.text):
            commands = read_commands(script, path, self._left)
            return _Hidden(commands, (), commands)
        without, expressions = hide(script.text)
        commands = read_commands(script.with_text(without), path, self._left)
        return _Hidden(commands, expressions, _restored(commands, expressions))


class _Hidden(NamedTuple):
    """The commands of a script with stand-ins for its expressions, and with the expressions themselves."""

    commands: tuple[Command, ...]
    expressions: tuple[str, ...]
    restored: tuple[Command, ...]


def _placed(scalars: Sequence[Scalar]) -> JoinedText:
    """The text of all scalars. Most scripts are one block alone."""
    if len(scalars) == 1 and scalars[0].style == "|":
        script = place_text(scalars[0])
        return script.with_text(f"{script.text}\n")
    return JoinedText(_pieces(scalars))


def _pieces(scalars: Iterable[Scalar]) -> Iterator[Piece]:
    """The pieces of all scalars, each scalar ending its line."""
    for scalar in scalars:
        pieces = place_pieces(scalar)
        yield from pieces[:-1]
        last = pieces[-1]
        yield last if last.text.endswith("\n") else Piece(last.text + "\n", last.line, last.column)


def _restored(commands: Iterable[Command], expressions: tuple[str, ...]) -> tuple[Command, ...]:
    return tuple(_restored_one(command, expressions) for command in commands)


def _restored_one(command: Command, expressions: tuple[str, ...]) -> Command:
    if not any(PLACEHOLDER in text for text in _texts(command)):
        return command
    words = tuple([restore(word, expressions) for word in command.words])
    varying = (index for index, word in enumerate(words) if has_expression(word))
    return replace(
        command,
        words=words,
        varying=command.varying.union(varying),
        assignments={name: restore(value, expressions) for name, value in command.assignments.items()},
        writes=tuple(restore(word, expressions) for word in command.writes),
        wrappers=tuple(restore(word, expressions) for word in command.wrappers),
        input=restore(command.input, expressions),
    )


def _texts(command: Command) -> Iterator[str]:
    yield from command.words
    yield from command.wrappers
    yield from command.assignments.values()
    yield from command.writes
    yield command.input
