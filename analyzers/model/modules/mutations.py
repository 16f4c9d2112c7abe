"""Go commands that may rewrite the go.mod they work on."""

from __future__ import annotations

from typing import Literal

from analyzers.model.command import Command
from analyzers.parsers.light import light_value

_BUILDING = frozenset({"build", "install", "test", "vet"})
_MOD = ("-mod=mod", "--mod=mod")


@light_value
class Mutation:
    """`words` are the indices of the words that do it."""

    command: Command
    kind: Literal["tidy", "get", "flag"]
    words: tuple[int, ...]

    @property
    def text(self) -> str:
        return {"tidy": "go mod tidy", "get": "go get -u", "flag": "-mod=mod"}[self.kind]


def mutation_of(command: Command) -> Mutation | None:
    """What a command does to go.mod; None for one that leaves it alone, or only says what it would do."""
    if command.name != "go" or len(command.words) < 2 or 1 in command.varying:
        return None
    verb, rest = command.words[1], command.words[2:]
    if verb == "mod" and rest[:1] == ("tidy",):
        return None if "-diff" in rest else Mutation(command, "tidy", (2,))
    if verb == "get" and any(word == "-u" or word.startswith("-u=") for word in rest):
        return Mutation(command, "get", (1,))
    flags = tuple(index for index, word in enumerate(command.words) if word in _MOD)
    return Mutation(command, "flag", flags) if flags and verb in _BUILDING else None


def builds(command: Command) -> bool:
    """The command compiles or tests what go.mod asks for."""
    return command.name == "go" and command.words[1:2] != () and command.words[1] in _BUILDING
