"""Builds among the commands of a script."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from analyzers.model.build import Build
from analyzers.model.builds.arguments import read_arguments
from analyzers.model.builds.command_lines import Asked, may_build, read_command_line
from analyzers.model.builds.interpolation import known
from analyzers.model.builds.loops import unrolled
from analyzers.model.builds.places import inside, repositories_of, short_names_of
from analyzers.model.builds.publishing import pushes_an_image
from analyzers.model.builds.purposes import is_aside, is_aside_file, makes_image
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.command import Command


def script_builds(
    commands: Iterable[Command],
    shell: ShellState,
    tree: Collection[str],
    by: Literal["pipeline", "script"] = "pipeline",
) -> Iterator[Build]:
    """The builds of commands that run one after the other in a shell."""
    for command in unrolled(tuple(commands), shell):
        shell.run(command)
        if may_build(command) and (asked := read_command_line(_words(command))):
            yield _build(asked, command, shell, tree, by)


def builds_in_tree(
    commands: Sequence[Command], folders: Sequence[str], tree: Collection[str], script: str = ""
) -> tuple[Build, ...]:
    """The builds of a file of commands that may run in any of the folders: the first one that fits.

    `script` is its path where it may ask for that itself.
    """
    if not any(map(may_build, commands)):
        return ()
    for folder in dict.fromkeys(folders):
        shell = ShellState(folder, lambda name: None, script)
        found = [
            build for build in script_builds(commands, shell, tree, "script") if build.dockerfile in tree
        ]
        if found:
            is_pushed = bool(script) and (
                pushes_an_image(commands) or any("--push" in command.words for command in commands)
            )
            return tuple(replace(build, is_pushed=is_pushed) for build in found)
    return ()


def _words(command: Command) -> list[str]:
    """The words, those that vary without their quotes."""
    return [
        word.replace('"', "") if index in command.varying else word
        for index, word in enumerate(command.words)
    ]


def _build(
    asked: Asked,
    command: Command,
    shell: ShellState,
    tree: Collection[str],
    by: Literal["pipeline", "script"],
) -> Build:
    context = _context(asked, shell)
    return Build(
        at=command.at,
        by=by,
        dockerfile=_dockerfile(asked, context, shell, tree),
        context=context,
        target=known(shell.text(asked.target or "")),
        names=repositories_of(map(shell.text, asked.tags)),
        short_names=short_names_of(map(shell.text, asked.tags)),
        args=read_arguments(asked.args, shell.lookup, command.at),
        ships=makes_image(map(shell.text, asked.outputs))
        and not is_aside(shell.text(asked.target or ""))
        and not (by == "script" and is_aside_file(command.at.path)),
    )


def _context(asked: Asked, shell: ShellState) -> str | None:
    if asked.context in (None, "-"):
        return None
    text = shell.text(asked.context or "")
    return shell.place(text.removeprefix("dir://") if asked.is_kaniko else text)


def _dockerfile(asked: Asked, context: str | None, shell: ShellState, tree: Collection[str]) -> str | None:
    if asked.file is None:
        return _default(context, tree) if context is not None else None
    if asked.file == "-":
        return None
    file = shell.text(asked.file)
    found = shell.place(file)
    if asked.seeks_file_in_context and found not in tree:
        return inside(context, file)
    return found


def _default(context: str, tree: Collection[str]) -> str | None:
    """`Dockerfile`, or the `Containerfile` that podman and buildah prefer, where there is no Dockerfile."""
    container = inside(context, "Containerfile")
    usual = inside(context, "Dockerfile")
    return container if container in tree and usual not in tree else usual
