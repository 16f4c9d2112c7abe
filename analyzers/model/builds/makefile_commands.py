"""The commands of a Makefile's recipes, as far as their variables are known."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from time import thread_time

from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.makefile import Makefile, Rule
from analyzers.parsers.problem import Unreadable

SECONDS = 1.0
"""For the recipes of one Makefile together."""
MOST_RECIPES = 500
_VARIABLE = re.compile(r"\$(?:\(([\w.-]{1,100})\)|\{([\w.-]{1,100})\})")
_HERE = re.compile(r"\$\((?:shell pwd|CURDIR|PWD)\)|\$\{(?:CURDIR|PWD)\}")
"""The folder that make runs in."""
_WHERE = re.compile(r"\$\(shell (?:which|command -v|type -p) ([\w./-]{1,100})[^()]{0,200}\)")
"""A program by the path at which the shell finds it."""
_ENGINE = re.compile(r"(?:DOCKER|CONTAINER)(?:_(?:BIN|CLI|CMD|COMMAND|ENGINE|EXE|RUNTIME|TOOL))?")
"""Variables for the program that builds images, which is called as docker is whatever it be."""
_AUTOMATIC = re.compile(r"(?<!\$)\$(?:([@<])|[({]([@<])([DF])?[)}])")
"""https://www.gnu.org/software/make/manual/make.html#Automatic-Variables"""
_OTHER = re.compile(r"\$\([^()]{0,500}\)|\$[@<^*?%+|]")
_ROUNDS = 6
_LONGEST = 4_096


def recipe_commands(
    path: str, makefile: Makefile, wanted: re.Pattern[str]
) -> Iterator[tuple[JoinedText, tuple[Command, ...]]]:
    """The recipes in which something is found, their variables put in, each with its commands.

    UNKNOWN stands in the words for what functions and unknown variables give.
    """
    deadline = thread_time() + SECONDS
    rules = {recipe.beginning: rule for rule in makefile.rules for recipe in rule.recipes}
    left = MOST_RECIPES
    for recipe in makefile.recipes:
        text = recipe_text(recipe, rules.get(recipe.beginning), makefile)
        if left and wanted.search(text):
            left -= 1
            if commands := read_recipe(path, recipe, text, deadline - thread_time()):
                yield recipe, commands


def recipe_text(recipe: JoinedText, rule: Rule | None, makefile: Makefile) -> str:
    """A recipe as the shell gets it, as far as that is known."""
    return resolved(_for_target(recipe.text, rule, makefile), makefile)


def read_recipe(path: str, recipe: JoinedText, text: str, seconds: float) -> tuple[Command, ...]:
    """The commands of a recipe's text; none where they cannot be read in time."""
    try:
        return read_commands(JoinedText([Piece(text, *recipe.beginning)]), path, max(seconds, 0))
    except Unreadable:
        return ()


def _for_target(text: str, rule: Rule | None, makefile: Makefile) -> str:
    """A recipe with the names of its target and of what that needs first, where it has just one target."""
    if rule is None or len(rule.targets) != 1 or "$" not in text:
        return text

    def value(found: re.Match[str]) -> str:
        names = rule.targets if (found[1] or found[2]) == "@" else rule.needs
        name = resolved(names[0], makefile) if names else ""
        if not name or "%" in name or UNKNOWN in name:
            return UNKNOWN
        folder, file = posixpath.split(name)
        return {"D": folder or ".", "F": file}.get(found[3], name)

    return _AUTOMATIC.sub(value, text)


def resolved(text: str, makefile: Makefile) -> str:
    """The text with variables put in as far as they are known: a recipe as the shell gets it."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        written = makefile.variables.get(name, "make" if name == "MAKE" else None)
        if _ENGINE.fullmatch(name) and (written is None or "$(shell" in written):
            return "docker"
        return UNKNOWN if written is None or len(written) > _LONGEST else _HERE.sub(".", written)

    if "$" not in text:
        return text.replace("\n", " ")
    text = _HERE.sub(".", text).replace("$$", "\0")
    for _ in range(_ROUNDS):
        if len(text) > _LONGEST:
            return ""
        text, count = _VARIABLE.subn(value, text)
        if not count:
            break
    text = _WHERE.sub(r"\1", text[:_LONGEST])
    for _ in range(_ROUNDS):  # from the inside out
        text, count = _OTHER.subn(UNKNOWN, text)
        if not count:
            break
    return text.replace("\0", "$").replace("\n", " ")
