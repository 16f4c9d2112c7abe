"""Variables of a script: where it sets them, where it reads them, and what it takes instead.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.fact import Fact
from analyzers.model.script import Setting, Use

_DECLARING = frozenset({"declare", "export", "local", "readonly", "typeset"})
_PAIR = re.compile(r"([A-Za-z_]\w{0,200})(\+?=)(.*)", re.S)
_NAME = re.compile(r"[A-Za-z_]\w{0,200}")
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w{0,200}):?=")
_USE = re.compile(
    r"'[^'\"$]*'|\\.|\$(?:\{[#!]?([A-Za-z_]\w{0,200})(?:(:?[-=?+])([^{}]*))?|([A-Za-z_]\w{0,200}))", re.S
)


def read_settings(commands: Iterable[Command]) -> Iterator[Setting]:
    """What the script itself has set; not what it only hands to one command."""
    for command in commands:
        if not command.words:
            for name, value in command.assignments.items():
                yield _setting(name, value, command, is_exported=False)
        elif command.name in _DECLARING:
            for word in command.words[1:]:
                if pair := _PAIR.fullmatch(word):
                    yield _setting(pair[1], pair[3], command, is_exported=_exports(command))
        elif command.name == ":":
            for word in command.words[1:]:
                for found in _DEFAULT.finditer(word):
                    yield Setting(found[1], Fact(None, command.at), is_conditional=True)


def read_exports(commands: Iterable[Command]) -> frozenset[str]:
    """The names that are handed on to every program."""
    return frozenset(
        found[0]
        for command in commands
        if _exports(command)
        for word in command.words[1:]
        if (found := _NAME.match(word))
    )


def read_uses(texts: Iterable[tuple[str, Location]]) -> Iterator[Use]:
    """The variables read in words that are kept as written."""
    for text, at in texts:
        for found in _USE.finditer(text):
            name = found[1] or found[4]
            if name:
                operator, word = found[2] or "", found[3]
                is_default = operator[-1:] in ("-", "=")
                yield Use(name, at, word if is_default else None, is_required=operator[-1:] == "?")


def varying_texts(commands: Iterable[Command]) -> Iterator[tuple[str, Location]]:
    """Every text of a command in which something may be expanded."""
    for command in commands:
        for index in sorted(command.varying):
            yield command.words[index], command.word_at(index)
        given = command.input if command.input_varies else ""
        for value in (*command.assignments.values(), *command.writes, given, *command.wrappers):
            if "$" in value:
                yield value, command.at


def _setting(name: str, value: str, command: Command, *, is_exported: bool) -> Setting:
    known = None if "$" in value or "`" in value else value
    return Setting(name, Fact(known, command.at), is_exported, command.is_conditional)


def _exports(command: Command) -> bool:
    if command.name == "export":
        return True
    return command.name in _DECLARING and any(word.startswith("-") and "x" in word for word in command.words)
