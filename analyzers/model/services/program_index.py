"""Programs by folder and by name: asked of every Dockerfile, so built once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from analyzers.model.builds.job_shells import repository_names
from analyzers.model.program import Program


class ProgramIndex:
    """All programs of a repository."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._by_directory = {program.directory: program for program in programs}
        self._sorted = sorted(self._by_directory)
        self._by_name: dict[str, list[Program]] = defaultdict(list)
        for program in self._by_directory.values():
            self._by_name[program.name].append(program)

    @cached_property
    def repository_names(self) -> frozenset[str]:
        """What the repository is called on GitHub."""
        return repository_names(program.module for program in self._by_directory.values())

    def at(self, directory: str) -> Program | None:
        """The program whose main package lies in a folder ('' is the root)."""
        return self._by_directory.get(directory)

    def named(self, name: str) -> Sequence[Program]:
        """The programs whose binaries bear a name unless told otherwise."""
        return self._by_name.get(name, ())

    def below(self, folder: str) -> Sequence[Program]:
        """The programs in a folder and the folders inside it; all of them for ''."""
        if not folder:
            return list(self._by_directory.values())
        own = [folder] if folder in self._by_directory else []
        start, end = (bisect_left(self._sorted, folder + mark) for mark in "/0")
        return [self._by_directory[directory] for directory in (*own, *self._sorted[start:end])]
