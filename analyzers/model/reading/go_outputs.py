"""Every go command of a repository's Makefiles."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.builds.go_outputs import GoCommand, read_go_commands
from analyzers.parsers.makefile import parse_makefile
from analyzers.selection import is_makefile
from analyzers.sources import Sources


def read_makefile_commands(sources: Sources) -> tuple[GoCommand, ...]:
    return tuple(_commands(sources))


def _commands(sources: Sources) -> Iterator[GoCommand]:
    for path in filter(is_makefile, sources.paths):
        if makefile := sources.parse(path, parse_makefile):
            yield from read_go_commands(path, makefile)
