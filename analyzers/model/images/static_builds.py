"""Which binary a `go build` leaves behind, and whether it stands by itself."""

from __future__ import annotations

import posixpath

from analyzers.model.command import Command
from analyzers.model.image import Run


def built_binary(run: Run, build: Command) -> str | None:
    """The absolute path that `go build -o` names; None for none, a folder, or something unknown."""
    for index, word in enumerate(build.words):
        value = word.removeprefix("-o=") if word.startswith("-o=") else None
        if word == "-o" and index + 1 < len(build.words):
            index, value = index + 1, build.words[index + 1]
        if value and index not in build.varying and not value.endswith("/") and run.workdir:
            return posixpath.normpath(posixpath.join(run.workdir, value))
    return None


def is_built_static(run: Run, build: Command) -> bool:
    """cgo is switched off, so the binary needs no library."""
    fact = run.env.get("CGO_ENABLED")
    value = fact.value if fact else None
    for command in run.commands:
        if command is build:
            break
        value = _exported(command, value)
    return build.assignments.get("CGO_ENABLED", value) == "0"


def _exported(command: Command, value: str | None) -> str | None:
    """What `export CGO_ENABLED=…`, or `go env -w`, makes of it for the commands that follow."""
    if command.name == "export" or command.words[:3] == ("go", "env", "-w"):
        for index, word in enumerate(command.words):
            if word.startswith("CGO_ENABLED="):
                value = None if index in command.varying else word.partition("=")[2]
    return value
