"""The commands of a RUN as its shell has them: variables that are known put in, `cd` followed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from analyzers.model.builds.interpolation import known
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.command import Command
from analyzers.model.image import Run


def shell_commands(run: Run) -> Iterator[tuple[Command, str]]:
    """Each command with the folder it runs in; a word that is not known is kept as written."""

    def lookup(name: str) -> str | None:
        fact = run.env.get(name)
        return fact.value if fact else None

    shell = ShellState(None, lookup)
    workdir = run.workdir
    for command in run.commands:
        shell.run(command)
        words = tuple(
            _word(word, shell) if index in command.varying else word
            for index, word in enumerate(command.words)
        )
        if command.name == "cd" and len(words) == 2:
            workdir = posixpath.normpath(posixpath.join(workdir, words[1]))
        yield replace(command, words=words), workdir


def _word(word: str, shell: ShellState) -> str:
    text = known(shell.text(word))
    return word if text is None else text
