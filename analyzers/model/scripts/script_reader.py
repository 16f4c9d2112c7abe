"""Shell files, and the text of `sh -c`, into scripts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.command_reader import commands_of, script_index
from analyzers.model.script import Script, ShellName
from analyzers.model.scripts.handing_over import hands_over, last_commands
from analyzers.model.scripts.traps import read_traps
from analyzers.model.scripts.variables import read_exports, read_settings, read_uses, varying_texts
from analyzers.model.scripts.wrappers import program_of
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span
from analyzers.parsers.shell import parse_shell

_SECONDS = 1.0
_OPTIONS = {"e": "errexit", "u": "nounset", "x": "xtrace"}
_SHELLS: frozenset[str] = frozenset(get_args(ShellName)) - {""}


def read_script(text: str, path: str) -> Script:
    """A shell file. Raises Unreadable."""
    lines = text.replace("\r\n", "\n").split("\n")
    pieces = [Piece(f"{line}\n", number, 1) for number, line in enumerate(lines, 1)]
    first = lines[0].split() if lines[0].startswith("#!") else []
    script = _read(JoinedText(pieces), path, _shell_of(first), is_text=False)
    options = script.options.union(*(_options_in(word) for word in first[1:]))
    return replace(script, options=options, has_windows_line_ends="\r\n" in text)


def read_command_line(words: Sequence[str], at: Location, sh: ShellName = "sh") -> Script | None:
    """The script of `["sh", "-c", "..."]`, an init in front or not; None for other commands.

    `sh` is what the image has for its `/bin/sh`, where that is known. All of it stands at `at`.
    Raises Unreadable.
    """
    words = words[program_of(words) :]
    index = script_index(words)
    if index is None:
        return None
    name = words[0].rsplit("/", 1)[-1]
    lines = words[index].splitlines(keepends=True) or [""]
    text = JoinedText(Piece(line, at.span.line, at.span.column) for line in lines)
    script = _read(text, at.path, sh if name == "sh" else _shell_of([name]), is_text=True)
    options = script.options.union(*(_options_in(word) for word in words[1:index]))
    return replace(script, at=at, options=options)


def is_shell_text(path: str, text: str) -> bool:
    """A file that a shell reads, by its first line or, without one, by its name."""
    if text.startswith("#!"):
        return bool(_shell_of(text.split("\n", 1)[0].split()))
    name = path.rpartition("/")[2]
    return name.endswith((".sh", ".bash")) or "." not in name


def _shell_of(line: Sequence[str]) -> ShellName:
    """The shell that the words of a first line, or a program's name, stand for."""
    for word in line:
        name = word.removeprefix("#!").rsplit("/", 1)[-1]
        if name in _SHELLS:
            return cast(ShellName, name)
    return ""


def _read(text: JoinedText, path: str, shell: ShellName, *, is_text: bool) -> Script:
    deadline = time.thread_time() + _SECONDS
    parsed = parse_shell(text.text, _SECONDS)
    commands = commands_of(parsed, text, path, deadline)
    functions = _functions(commands)
    last = last_commands(commands, functions)
    traps = tuple(read_traps(commands, functions))
    handled = any(not trap.is_reset for trap in traps)
    end = hands_over(last, shell, is_text=is_text, has_trap=handled)
    heads = ((word.text, Location(path, text.span(word.start, word.end))) for word in parsed.heads)
    exported = read_exports(commands)
    settings = (
        replace(setting, is_exported=setting.is_exported or setting.name in exported)
        for setting in read_settings(commands)
    )
    line, column = text.beginning
    return Script(
        path=path,
        at=Location(path, Span(line, column, line, column)),
        shell=shell,
        commands=commands,
        hands_over=end if parsed.is_whole or end == "exec" else "unknown",
        last=last,
        traps=traps,
        waits=tuple(command for command in commands if command.name == "wait"),
        options=frozenset(_options(commands)),
        functions=functions,
        settings=tuple(settings),
        uses=tuple(read_uses((*varying_texts(commands), *heads))),
        is_whole=parsed.is_whole,
    )


def _functions(commands: Iterable[Command]) -> dict[str, tuple[Command, ...]]:
    bodies: dict[str, list[Command]] = {}
    for command in commands:
        if command.function:
            bodies.setdefault(command.function, []).append(command)
    return {name: tuple(body) for name, body in bodies.items()}


def _options(commands: Iterable[Command]) -> Iterator[str]:
    for command in commands:
        if command.name != "set":
            continue
        for before, word in zip(command.words, command.words[1:], strict=False):
            if word == "--":
                break
            if before.startswith("-") and before.endswith("o"):
                yield word
            yield from _options_in(word)


def _options_in(word: str) -> set[str]:
    """`-euo`, letter by letter."""
    is_short = word.startswith("-") and not word.startswith("--")
    return {_OPTIONS[letter] for letter in word[1:] if letter in _OPTIONS} if is_short else set()
