"""Commands of package managers that fetch what a project needs, and whether they keep to its lock file.

https://docs.npmjs.com/cli/commands/npm-ci, https://yarnpkg.com/cli/install, https://pnpm.io/cli/install
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from analyzers.model.command import Command
from analyzers.model.image import Copy, Image
from analyzers.model.modules.builds import place_of
from analyzers.parsers.light import light_value
from analyzers.parsers.wildcard import compile_wildcard

Manager = Literal["npm", "yarn", "pnpm"]
LOCK_FILES: dict[Manager, tuple[str, ...]] = {
    "npm": ("package-lock.json", "npm-shrinkwrap.json"),
    "yarn": ("yarn.lock",),
    "pnpm": ("pnpm-lock.yaml",),
}
_VERBS: dict[Manager, frozenset[str]] = {
    "npm": frozenset({"install", "i"}),
    "yarn": frozenset({"install"}),
    "pnpm": frozenset({"install", "i"}),
}
_ELSEWHERE = ("-g", "--global", "--prefix", "-C", "--dir", "--cwd", "--location", "-w", "--filter", "-F")
_WITHOUT_LOCK = (
    "--no-package-lock",
    "--package-lock=false",
    "--package-lock-only",
    "--no-lockfile",
    "--mode",
)
_FROZEN = ("--frozen-lockfile", "--immutable", "--immutable-cache", "--lockfile-only", "--offline")
_FOREIGN = frozenset({"node_modules", "vendor", "third_party", "testdata"})


@light_value
class LooseInstall:
    """An install that may take other versions than the lock file's. `verb` is the index of a verb."""

    manager: Manager
    command: Command
    verb: int | None


def loose_install_of(command: Command) -> LooseInstall | None:
    """What a command installs without keeping to a lock file; None where it adds packages of its own."""
    if command.name not in LOCK_FILES or command.varying:
        return None
    manager: Manager = command.name
    rest = command.words[1:]
    verb = 1 if rest and rest[0] in _VERBS[manager] else None
    flags = rest[1:] if verb else rest
    if verb is None and (manager != "yarn" or any(not flag.startswith("--") for flag in flags)):
        return None
    if any(not flag.startswith("-") or flag.startswith((*_ELSEWHERE, *_WITHOUT_LOCK)) for flag in flags):
        return None
    is_frozen = any(flag.partition("=")[0] in _FROZEN and not flag.endswith("=false") for flag in flags)
    return None if is_frozen or "--version" in flags else LooseInstall(manager, command, verb)


def latest_tool_of(command: Command) -> int | None:
    """The index of the word that asks for the newest version of a Go program."""
    if command.words[:2] != ("go", "install"):
        return None
    found = [index for index, word in enumerate(command.words) if word.endswith("@latest")]
    return found[0] if len(found) == 1 and found[0] not in command.varying else None


def project_folder(image: Image, copies: Sequence[Copy], tree: Collection[str]) -> str | None:
    """Where the package.json lies that the copies bring; None where that is none or may be any."""
    found = [folder for folder in _projects(tree) if _lies_in(folder, image.context)]
    named = [
        folder
        for folder in found
        if any(_names(copy, image, posixpath.join(folder, "package.json")) for copy in copies)
    ]
    chosen = named or [
        folder for folder in found if brings(image, copies, posixpath.join(folder, "package.json"))
    ]
    return chosen[0] if len(chosen) == 1 else None


def brings(image: Image, copies: Sequence[Copy], path: str) -> bool:
    """A file of the repository is among what is copied."""
    if image.ignores(posixpath.relpath(path, image.context or ".")):
        return False
    return any(_names(copy, image, path) or _covers(copy, image, path) for copy in copies)


def lock_file_in(folder: str, manager: Manager, tree: Collection[str]) -> str:
    """The manager's lock file of a folder, empty where there is none."""
    paths = (posixpath.join(folder, name) for name in LOCK_FILES[manager])
    return next((path for path in paths if path in tree), "")


def _projects(tree: Collection[str]) -> Iterator[str]:
    for path in tree:
        folder, name = posixpath.split(path)
        if name == "package.json" and _FOREIGN.isdisjoint(folder.split("/")):
            yield folder


def _lies_in(folder: str, around: str) -> bool:
    return not around or folder == around or folder.startswith(around + "/")


def _names(copy: Copy, image: Image, path: str) -> bool:
    """A source is the file itself, or a pattern for it in its folder."""
    if copy.from_:
        return False
    places = (place_of(source, image) for source in copy.sources)
    return any(_fits(place, path) for place in places if posixpath.dirname(place) == posixpath.dirname(path))


def _fits(pattern: str, path: str) -> bool:
    wildcard = compile_wildcard(pattern)
    return wildcard is not None and wildcard.matches(path)


def _covers(copy: Copy, image: Image, path: str) -> bool:
    """A source is a folder around the file."""
    places = (place_of(source, image) for source in copy.sources)
    return not copy.from_ and any(not place or path.startswith(place + "/") for place in places)
