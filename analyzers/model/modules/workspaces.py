"""Which folders of a repository stand in for which modules: `use` of go.work, `replace` with a folder.

https://go.dev/ref/mod#workspaces
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analyzers.model.module import Module
from analyzers.parsers.gomod import GoMod, Replace
from analyzers.parsers.light import light_record


@light_record
class Workspace:
    """A go.work. `directories` are the folders it uses, those that lead out of the repository left out."""

    path: str
    directory: str
    directories: frozenset[str]
    replaces: tuple[Replace, ...]


def read_workspace(path: str, gomod: GoMod) -> Workspace:
    directory = posixpath.dirname(path)
    places = (place_of(directory, token.text) for token in gomod.uses)
    found = frozenset(place for place in places if place is not None)
    return Workspace(path, directory, found, gomod.replaces)


def place_of(directory: str, target: str) -> str | None:
    """Where a relative path of a go.mod or go.work leads ('' is the root); None out of the repository."""
    if target.startswith("/"):
        return None
    place = posixpath.normpath(posixpath.join(directory, target))
    if place == ".." or place.startswith("../"):
        return None
    return "" if place == "." else place


def joined_modules(modules: Sequence[Module], workspaces: Sequence[Workspace]) -> list[Module]:
    """The modules with the folders that the go command takes for others of them."""
    return [
        replace(module, local_modules=dict(_local(module, _workspace_of(module, workspaces), modules)))
        for module in modules
    ]


def _workspace_of(module: Module, workspaces: Sequence[Workspace]) -> Workspace | None:
    """The nearest go.work around the module that uses it."""
    around = [
        workspace
        for workspace in workspaces
        if module.directory in workspace.directories and _lies_in(module.directory, workspace.directory)
    ]
    return max(around, key=lambda workspace: len(workspace.directory), default=None)


def _lies_in(directory: str, parent: str) -> bool:
    return not parent or directory == parent or directory.startswith(parent + "/")


def _local(
    module: Module, workspace: Workspace | None, modules: Sequence[Module]
) -> Iterator[tuple[str, str]]:
    """The stronger ones last: go.work wins over go.mod."""
    yield from module.local_modules.items()
    if workspace is None:
        return
    for other in modules:
        if other.directory in workspace.directories:
            yield from other.local_modules.items()
    for entry in workspace.replaces:
        place = place_of(workspace.directory, entry.target.text) if entry.target_version is None else None
        if place is not None:
            yield entry.path.text, place
    for other in modules:
        if other.directory in workspace.directories and other.name:
            yield other.name, other.directory


def local_replacements(directory: str, replaces: Sequence[Replace]) -> Mapping[str, str]:
    """The folders that a go.mod puts in the place of modules."""
    places = {
        entry.path.text: place_of(directory, entry.target.text)
        for entry in replaces
        if entry.target_version is None
    }
    return {path: place for path, place in places.items() if place is not None}
