"""Shell text into the commands that rules look at."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.shell import ShellCommand, parse_shell

SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})


def read_commands(script: JoinedText, path: str, seconds: float = 1.0) -> tuple[Command, ...]:
    """The commands of a script, in the order they are written. `path` is the file it stands in.

    Raises Unreadable past `seconds` of work, or when the script passes a limit of the parser.
    """
    return tuple(_command(path, command) for command in parse_shell(script.text, script, seconds).commands)


def read_argv(words: Sequence[JoinedText], path: str, seconds: float = 1.0) -> tuple[Command, ...]:
    """The commands of an array of arguments: itself, or what the shell runs where it is `sh -c script`."""
    script = script_of(words)
    if script is not None:
        return read_commands(script, path, seconds)
    return (command_of(words, path),) if words else ()


def command_of(words: Sequence[JoinedText], path: str) -> Command:
    """An array of arguments as the one command it is."""
    spans = tuple(word.span(0, len(word.text)) for word in words)
    return Command(
        at=Location(path, spans[0].through(spans[-1])),
        words=tuple(word.text for word in words),
        is_last=True,
        spans=spans,
    )


def script_of(words: Sequence[JoinedText]) -> JoinedText | None:
    """The script of `sh -c script`, None where the words are something else."""
    if len(words) < 3 or not is_shell(words[0].text):
        return None
    for at, word in enumerate(words[1:-1], 1):
        if not word.text.startswith("-"):
            return None
        if not word.text.startswith("--") and word.text.endswith("c"):
            return words[at + 1]
    return None


def is_shell(program: str) -> bool:
    """The program reads scripts of the Bourne family."""
    return program.rsplit("/", 1)[-1] in SHELLS


def _command(path: str, command: ShellCommand) -> Command:
    return Command(
        at=Location(path, command.span),
        words=tuple(word.text for word in command.words),
        assignments={assignment.name: assignment.value.text for assignment in command.assignments},
        is_exec=command.is_exec,
        is_last=command.is_last,
        operator_after=command.operator_after,
        spans=tuple(word.span for word in command.words),
        varying=frozenset(index for index, word in enumerate(command.words) if not word.is_constant),
        writes=tuple(word.text for word in command.writes),
        is_substituted=command.is_substituted,
        function=command.function,
    )
