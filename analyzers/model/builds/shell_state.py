"""What a script has done to its shell by the time a command runs: the folder it is in, its variables."""

from __future__ import annotations

from analyzers.model.builds.interpolation import Lookup, interpolate, known
from analyzers.model.builds.own_place import put_in_place
from analyzers.model.builds.places import inside
from analyzers.model.command import Command

_DECLARING = frozenset({"export", "declare", "local", "readonly", "typeset"})


class ShellState:
    """The state of one shell, command after command. A variable that is set in two ways is not known."""

    def __init__(self, directory: str | None, outer: Lookup, script: str = "") -> None:
        """`script` is the file that runs, where it is one of the repository."""
        self.directory = directory
        self._script = script
        self._left: list[str | None] = []
        self._variables: dict[str, str | None] = {}
        self._outer = outer

    def lookup(self, name: str) -> str | None:
        return self._variables[name] if name in self._variables else self._outer(name)

    def text(self, written: str) -> str:
        """A word with its variables put in and the double quotes around them taken off."""
        text = put_in_place(written.replace('"', ""), self._script, self.directory, self.lookup)
        return interpolate(text, self.lookup)

    def run(self, command: Command) -> None:
        """Apply what a command does to the shell it runs in."""
        if not command.words:
            for name, value in command.assignments.items():
                self._set(name, value)
        elif command.name in _DECLARING:
            for word in command.words[1:]:
                name, equals, value = word.partition("=")
                if equals:
                    self._set(name, value)
        elif command.name in ("cd", "pushd", "popd"):
            self._move(command)

    def _set(self, name: str, written: str) -> None:
        value = known(self.text(written))
        if self._variables.setdefault(name, value) != value:
            self._variables[name] = None

    def _move(self, command: Command) -> None:
        if command.name == "popd":
            self.directory = self._left.pop() if self._left else None
            return
        if command.name == "pushd":
            self._left.append(self.directory)
        place = self.text(command.words[1]) if len(command.words) == 2 else "-"
        self.directory = None if place.startswith("-") else inside(self.directory, place)
