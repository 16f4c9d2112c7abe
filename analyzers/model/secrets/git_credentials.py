"""Credentials for git that an image build leaves in a layer: in git's configuration, or in a `.netrc`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.image import Copy, Image, Run, Stage
from analyzers.model.modules.builds import lineage
from analyzers.parsers.light import light_value
from analyzers.parsers.secret_value import is_decided_elsewhere

_FILES = frozenset({".netrc", "_netrc", ".git-credentials"})
_VARIABLE = re.compile(r"\$\{?(\w+)")
_URL = re.compile(r"https?://[^/\s@]*\$\{?(\w+)[^/\s@]*@")
_PASSWORD = re.compile(r"\bpassword\s+(\S+)|https?://[^/\s:@]+:([^/\s@]+)@")


@light_value
class StoredCredentials:
    """`at` is the command or the COPY, `file` what they end up in, `variable` the build argument they come
    from (empty for a file of the context, and for a password written out)."""

    stage: Stage
    at: Location
    file: str
    variable: str = ""
    run: Run | None = None
    copy: Copy | None = None
    is_removed: bool = False
    """The same RUN, of a builder, takes the file away again."""
    ships: bool = True
    """The layer is part of the image."""


def find_git_credentials(image: Image) -> Iterator[StoredCredentials]:
    """Those of all stages that the image is made of. A RUN with a secret mount is trusted.

    Nor is what a shipped stage removes in the same RUN part of a layer.
    """
    shipped = {stage.index for stage in lineage(image.final)}
    for stage in image.used_stages:
        ships = stage.index in shipped
        for copy in stage.copies:
            named = next((name for name in map(posixpath.basename, copy.sources) if name in _FILES), "")
            if named and not copy.from_:
                yield StoredCredentials(stage, copy.at, named, copy=copy, ships=ships)
        for run in stage.runs:
            if not any(mount.get("type") == "secret" for mount in run.mounts):
                yield from _in_run(stage, run, ships=ships)


def _in_run(stage: Stage, run: Run, *, ships: bool) -> Iterator[StoredCredentials]:
    for command in run.commands:
        file = _file_written(command)
        variable = _source(command, run, file) if file else None
        if variable is not None:
            removed = any(_removes(other, file) for other in run.commands)
            if removed and ships:
                continue
            yield StoredCredentials(stage, command.at, file, variable, run, None, removed, ships)


def _file_written(command: Command) -> str:
    if command.name == "git" and "config" in command.words[1:4]:
        return ".gitconfig"
    return next((name for name in map(posixpath.basename, command.writes) if name in _FILES), "")


def _source(command: Command, run: Run, file: str) -> str | None:
    """The argument or variable of the build that holds the secret, empty for a text; None for no secret."""
    texts = (*command.words, command.input)
    pattern = _URL if file == ".gitconfig" else _VARIABLE
    named = (found[1] for text in texts for found in pattern.finditer(text))
    variable = next((name for name in named if name in run.env), None)
    if variable is not None or file == ".gitconfig":
        return variable
    found = (found[1] or found[2] for text in texts for found in _PASSWORD.finditer(text))
    return "" if any(not is_decided_elsewhere(password) for password in found) else None


def _removes(command: Command, file: str) -> bool:
    if command.name == "git" and file == ".gitconfig":
        return any(word in ("--unset", "--unset-all", "--remove-section") for word in command.words)
    return command.name in ("rm", "shred") and any(
        posixpath.basename(word) == file for word in command.words[1:]
    )
