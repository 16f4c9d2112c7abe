"""The Makefiles of a repository, and the go commands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.builds.go_outputs import GoCommand, read_go_commands
from analyzers.parsers.makefile import Makefile, parse_makefile
from analyzers.selection import is_makefile
from analyzers.sources import Sources


def read_makefiles(sources: Sources) -> dict[str, Makefile]:
    """By path."""
    found = {path: sources.parse(path, parse_makefile) for path in sources.paths if is_makefile(path)}
    return {path: makefile for path, makefile in found.items() if makefile}


def read_makefile_commands(makefiles: Mapping[str, Makefile]) -> tuple[GoCommand, ...]:
    return tuple(_commands(makefiles))


def _commands(makefiles: Mapping[str, Makefile]) -> Iterator[GoCommand]:
    for path, makefile in makefiles.items():
        yield from read_go_commands(path, makefile)
