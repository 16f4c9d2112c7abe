"""What a script has done to its shell by the time a command runs: the folder it is in, its variables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.builds.interpolation import UNKNOWN, Lookup, interpolate, known
from analyzers.model.builds.own_place import put_in_place
from analyzers.model.builds.places import in_repository, inside
from analyzers.model.command import Command
from analyzers.parsers.shell import Loop, ShellWord

MOST_TURNS = 50
"""Of one loop."""
_DECLARING = frozenset({"export", "declare", "local", "readonly", "typeset"})


class ShellState:
    """The state of one shell, command after command. A variable that is set in two ways is not known.

    `script` is the file that runs, where it is one of the repository; `checkouts` are the folders of the
    workspace that hold the repository, where it is not the root.
    """

    def __init__(
        self, directory: str | None, outer: Lookup, script: str = "", *, checkouts: Sequence[str] = ()
    ) -> None:
        self.directory = directory
        self.checkouts = checkouts
        self._script = script
        self._left: list[str | None] = []
        self._variables: dict[str, str | None] = {}
        self._outer = outer

    def lookup(self, name: str) -> str | None:
        return self._variables[name] if name in self._variables else self._outer(name)

    def turns(self, loop: Loop) -> Iterator[None]:
        """One turn of a loop after the other, its variable set. Without known words there is none.

        What a turn sets, the next one does not know; behind the loop it is not known either.
        """
        words = [word for written in loop.words[:MOST_TURNS] for word in self._expanded(written)]
        before = self._variables
        for word in words[:MOST_TURNS] if all(map(_is_plain, words)) else ():
            self._variables = {**before, loop.variable: word}
            yield
        changed = (name for name, value in self._variables.items() if before.get(name, "") != value)
        self._variables = before | dict.fromkeys(changed)

    def text(self, written: str) -> str:
        """A word with its variables put in and the double quotes around them taken off."""
        text = put_in_place(written.replace('"', ""), self._script, self.directory, self.lookup)
        return interpolate(text, self.lookup)

    def _expanded(self, written: ShellWord) -> list[str]:
        return [written.text] if written.is_constant else self.text(written.text).split()

    def place(self, text: str) -> str | None:
        """A path as it lies in the repository. None where it leaves it or is not known."""
        return in_repository(inside(self.directory, text), self.checkouts)

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
        self.directory = None if place.startswith("-") else self.place(place)


def _is_plain(word: str) -> bool:
    """All of it is known, and it stands for no files."""
    return not any(mark in word for mark in (UNKNOWN, *"*?[{"))
