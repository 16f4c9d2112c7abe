"""Which binary a `go build` leaves behind, and whether it stands by itself."""

from __future__ import annotations

import posixpath
import re
from typing import Literal

from analyzers.model.command import Command
from analyzers.model.image import Run

_DECIDING = ("static", "netgo", "-linkmode", "-race", "-buildmode")
"""Parts of flags by which a build says itself how it links."""
_OPEN_FLAG = re.compile(r"(?:^|^-\w{1,20}=|[\s\"'])[$`]")
"""A variable that may be a whole flag, and not just the end of a word."""


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
    return cgo_in(run, build) == "off"


def cgo_in(run: Run, build: Command) -> Literal["on", "off", "default", "unknown"]:
    """What CGO_ENABLED says when a command of a RUN runs; `default` where nobody sets it."""
    fact = run.env.get("CGO_ENABLED")
    value = "" if fact is None else fact.value
    for command in run.commands:
        if command is build:
            break
        value = _exported(command, value)
    value = build.assignments.get("CGO_ENABLED", value)
    if value == "":
        return "default"
    return "off" if value == "0" else "on" if value == "1" else "unknown"


def links_dynamically(run: Run, build: Command) -> bool:
    """A build for the machine it runs on whose flags are all known, and leave it to cgo what is linked.

    Where cgo is in use such a binary needs the C library it was built with. Go switches cgo off by itself
    where it builds for another processor: https://pkg.go.dev/cmd/cgo
    """
    settings = {**{name: fact.value for name, fact in run.env.items()}, **build.assignments}
    for command in run.commands:
        if command.name == "export":
            settings.update(dict.fromkeys(word.partition("=")[0] for word in command.words[1:]))
    is_native = "GOARCH" not in settings and settings.get("GOOS", "linux") == "linux"
    if not is_native or settings.get("GOFLAGS", "") != "" or settings.get("CC", "") != "":
        return False
    words = tuple(build.words)
    return not any(
        any(mark in word for mark in _DECIDING)
        or (index in build.varying and words[index - 1] != "-o" and _OPEN_FLAG.search(word))
        for index, word in enumerate(words)
    )


def _exported(command: Command, value: str | None) -> str | None:
    """What `export CGO_ENABLED=…`, or `go env -w`, makes of it for the commands that follow."""
    if command.name == "export" or command.words[:3] == ("go", "env", "-w"):
        for index, word in enumerate(command.words):
            if word.startswith("CGO_ENABLED="):
                value = None if index in command.varying else word.partition("=")[2]
    return value
