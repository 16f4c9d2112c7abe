"""What `go build` and `go install` are asked to build: which folders, into which files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from analyzers.model.command import Command
from analyzers.parsers.light import light_value

# Flags that take their value as the next word (`go help build`).
_VALUED_FLAG = re.compile(
    "-(?:o|p|asmflags|buildmode|buildvcs|compiler|covermode|coverpkg|gccgoflags|gcflags|installsuffix|ldflags"
    "|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|C)"
)
TOOLS = "tool"
"""All tools that the go.mod names: https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns"""
GO_BIN = "/go/bin"
"""Where `go install` puts binaries in the official images."""


@light_value
class GoTarget:
    """One package argument, seen from the folder the command runs in. `output` is where its binary goes.

    `output` is empty where it has the package's name, in the folder `into`; `directory` may end in `...`.
    """

    directory: str
    output: str
    into: str


def builds_go(command: Command) -> bool:
    """It builds what lies here; `go install x@version` and `go install tool` fetch something else."""
    if command.name != "go" or command.words[1:2] not in (("build",), ("install",)):
        return False
    named = packages(command.words[2:])
    return not named or any("@" not in name and name != TOOLS for name in named)


def packages(words: Sequence[str]) -> tuple[str, ...]:
    """The package arguments of a `go build` or `go install`, its flags taken off."""
    found, rest = [], iter(words)
    for word in rest:
        if _VALUED_FLAG.fullmatch(word):
            next(rest, None)
        elif not word.startswith("-"):
            found.append(word)
    return tuple(found)


def go_targets(command: Command, workdir: str, bin_folder: str = GO_BIN) -> Iterator[GoTarget]:
    """What one command builds that runs in a folder; `go install` puts it into `bin_folder`."""
    named = packages(command.words[2:]) or (".",)
    folder = posixpath.join(workdir, command.flag("-C"))
    written = command.flag("-o")
    output = posixpath.join(folder, written) if written else ""
    is_folder = written.endswith("/") or len(named) > 1 or named[0].endswith("...")
    into = output if output and is_folder else bin_folder if command.words[1] == "install" else folder
    for name in named:
        if "@" not in name and name != TOOLS:
            yield GoTarget(_folder(posixpath.join(folder, name)), "" if is_folder else output, into)


def _folder(path: str) -> str:
    """The folder of a package that may be given by its files."""
    normal = posixpath.normpath(path)
    return posixpath.dirname(normal) if normal.endswith((".go", "/*")) else normal
