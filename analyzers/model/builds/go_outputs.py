"""Binaries that Makefiles build outside of any Dockerfile: `go build -o bin/orders ./cmd/orders`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.builds.makefile_commands import recipe_commands
from analyzers.model.command import Command
from analyzers.parsers.light import light_value
from analyzers.parsers.makefile import Makefile

_BUILDING = re.compile(r"\bgo\s+(?:build|install)\b")


@light_value
class GoCommand:
    """A go command of a Makefile and the folder it runs in, seen from `base` or from the root.

    UNKNOWN stands in its words for what is not known.
    """

    at: Location
    base: str
    folder: str
    command: Command


def read_go_commands(path: str, makefile: Makefile) -> Iterator[GoCommand]:
    for recipe, commands in recipe_commands(path, makefile, _BUILDING):
        at = Location(path, recipe.span(0, len(recipe.text)))
        yield from _go_commands(commands, at)


def _go_commands(commands: tuple[Command, ...], at: Location) -> Iterator[GoCommand]:
    folder = ""
    for command in commands:
        if command.name == "cd" and len(command.words) == 2:
            folder = posixpath.join(folder, command.words[1])
        elif command.name == "go" and command.words[1:2] in (("build",), ("install",)):
            yield GoCommand(at, posixpath.dirname(at.path), folder, command)
