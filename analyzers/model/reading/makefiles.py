"""The Makefiles of a repository, and every go command in them."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.builds.go_outputs import GoCommand, read_go_commands
from analyzers.parsers.makefile import Makefile, parse_makefile
from analyzers.selection import is_makefile
from analyzers.sources import Sources


def read_makefiles(sources: Sources) -> Mapping[str, Makefile]:
    """By path."""
    found = {path: sources.parse(path, parse_makefile) for path in filter(is_makefile, sources.paths)}
    return {path: makefile for path, makefile in found.items() if makefile}


def read_makefile_commands(makefiles: Mapping[str, Makefile]) -> tuple[GoCommand, ...]:
    return tuple(command for each in makefiles.items() for command in read_go_commands(*each))
