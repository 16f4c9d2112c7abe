"""Shell text into the commands that rules look at."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.scripts.wrappers import assignments_in, program_of, wrapper_of
from analyzers.parsers.joined_text import JoinedText, Piece, Stretches
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell import Script, ShellCommand, ShellWord, parse_shell

SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})
_MOST_SHELLS = 4
"""How many shells deep a script is followed."""


def read_commands(script: JoinedText, path: str, seconds: float = 1.0) -> tuple[Command, ...]:
    """The commands of a script, in the order they are written. `path` is the file it stands in.

    What it hands to another shell, as `sh -c '...'` or a here-document, follows the command that does.
    Raises Unreadable past `seconds` of work, or when the script passes a limit of the parser.
    """
    deadline = time.thread_time() + seconds
    return commands_of(parse_shell(script.text, seconds), script, path, deadline)


def commands_of(parsed: Script, script: JoinedText, path: str, deadline: float) -> tuple[Command, ...]:
    """The commands of a script that is parsed already. Raises Unreadable past a time.thread_time()."""
    return tuple(_commands(parsed, script, path, deadline, 0))


def read_argv(words: Sequence[JoinedText], path: str, seconds: float = 1.0) -> tuple[Command, ...]:
    """The commands of an array of arguments: itself, or what the shell runs where it is `sh -c script`."""
    script = script_of(words)
    if script is not None:
        return read_commands(script, path, seconds)
    return (command_of(words, path),) if words else ()


def command_of(words: Sequence[JoinedText], path: str) -> Command:
    """An array of arguments as the one command it is."""
    spans = tuple(word.span(0, len(word.text)) for word in words)
    command = Command(
        at=Location(path, spans[0].through(spans[-1])),
        words=tuple(word.text for word in words),
        is_last=True,
        spans=spans,
    )
    return _unwrapped(command)


def script_of(words: Sequence[JoinedText]) -> JoinedText | None:
    """The script of `sh -c script`, None where the words are something else."""
    at = script_index([word.text for word in words])
    return None if at is None else words[at]


def script_index(words: Sequence[str]) -> int | None:
    """Which word is the script of `sh -c script`."""
    if len(words) < 3 or not is_shell(words[0]):
        return None
    for at, word in enumerate(words[1:-1], 1):
        if not word.startswith("-"):
            return None
        if not word.startswith("--") and word.endswith("c"):
            return at + 1
    return None


def is_shell(program: str) -> bool:
    """The program reads scripts of the Bourne family."""
    return program.rsplit("/", 1)[-1] in SHELLS


def _commands(
    parsed: Script, script: JoinedText, path: str, deadline: float, depth: int
) -> Iterator[Command]:
    for shell_command in parsed.commands:
        command = _command(path, shell_command, script)
        yield command
        if depth < _MOST_SHELLS and command.words and is_shell(command.words[0]):
            handed = _handed(shell_command, command)
            if handed is not None:
                inner = _places_of(handed, script)
                for each in _inner_commands(inner, path, deadline, depth + 1):
                    yield _nested(each, command)


def _inner_commands(script: JoinedText, path: str, deadline: float, depth: int) -> Iterator[Command]:
    left = deadline - time.thread_time()
    if left <= 0:
        raise Unreadable("a shell script took too long to read")
    yield from _commands(parse_shell(script.text, left), script, path, deadline, depth)


def _handed(command: ShellCommand, read: Command) -> ShellWord | None:
    """The text that a command hands to another shell, where all of it is known."""
    at = script_index(read.words)
    if at is not None:
        word = command.words[len(command.words) - len(read.words) + at]
        return word if word.is_constant else None
    takes_input = all(word.startswith("-") for word in read.words[1:])
    return command.input if takes_input and command.input and command.input.is_constant else None


def _places_of(word: ShellWord, script: JoinedText) -> JoinedText:
    """A word's text with its places in the file; where quoting hides them, each line stands at its start."""
    for start in (word.start, word.start + 1):
        if word.text and script.text.startswith(word.text, start):
            return script.slice(start, start + len(word.text))
    lines = word.text.splitlines(keepends=True) or [""]
    line, column = script.point(word.start)
    return JoinedText(Piece(text, line, column) for text in lines)


def _nested(inner: Command, outer: Command) -> Command:
    return replace(
        inner,
        is_nested=True,
        is_last=inner.is_last and outer.is_last,
        is_subshell=True,
        is_substituted=inner.is_substituted or outer.is_substituted,
        is_conditional=inner.is_conditional or outer.is_conditional,
        is_repeated=inner.is_repeated or outer.is_repeated,
        is_background=inner.is_background or outer.is_background,
        function=inner.function or outer.function,
        loops=outer.loops + inner.loops,
    )


def _command(path: str, command: ShellCommand, script: JoinedText) -> Command:
    words = command.words
    # By their places, as each argument that is passed by its name costs as much as four that are not.
    read = Command(
        Location(path, script.span(command.start, command.end)),
        tuple([word.text for word in words]),
        {each.name: each.value.text for each in command.assignments},
        command.is_exec,
        command.is_last,
        command.operator_after,
        Stretches(script, words),
        frozenset([index for index, word in enumerate(words) if not word.is_constant]),
        tuple([word.text for word in command.writes]),
        command.is_substituted,
        command.function,
        (),
        command.input.text if command.input else "",
        command.input is not None and not command.input.is_constant,
        command.is_conditional,
        command.is_tested,
        command.is_repeated,
        command.is_subshell,
        command.is_background,
        command.ends_function,
        False,
        command.loops,
    )
    return _unwrapped(read) if words and wrapper_of(words[0].text) else read


def _unwrapped(command: Command) -> Command:
    """The command without the words in front of its program."""
    at = program_of(command.words)
    if not at:
        return command
    return replace(
        command,
        words=command.words[at:],
        spans=command.spans[at:],
        varying=frozenset(index - at for index in command.varying if index >= at),
        wrappers=command.words[:at],
        assignments={**command.assignments, **assignments_in(command.words[:at])},
    )
