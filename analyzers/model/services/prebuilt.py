"""What `go build` outside of Dockerfiles leaves behind: files of the repository, and names of binaries."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.builds.go_outputs import GoCommand
from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.services.go_targets import GoTarget, go_targets
from analyzers.model.services.job_links import built_programs
from analyzers.model.services.program_index import ProgramIndex

MOST_FILES = 50
"""Of one folder."""


class Prebuilt:
    """Programs by the file that their build writes; a file that two builds write is left out."""

    def __init__(self, index: ProgramIndex, commands: Iterable[GoCommand], jobs: Iterable[Job]) -> None:
        self._by_path: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._below: dict[str, Sequence[tuple[str, Program]]] = {}
        self._index = index
        self.made: list[tuple[Location, str]] = []
        """Where in Makefiles the program of a folder is built."""
        for command, targets in _by_make(index, commands):
            self.made += [(command.at, program.directory) for program, _ in targets]
            self._add((program.directory, output) for program, output in targets)
        self._add(_of_jobs(index, jobs))

    def _add(self, outputs: Iterable[tuple[str, str]]) -> None:
        for directory, output in outputs:
            name = posixpath.basename(output)
            if UNKNOWN not in output:
                self._by_path[output].add(directory)
            if name and UNKNOWN not in name:
                self._by_name[name].add(directory)

    def at(self, path: str) -> Program | None:
        """The program in a file of the repository."""
        return self._only(self._by_path.get(path, ()))

    def below(self, folder: str) -> Sequence[tuple[str, Program]]:
        """The files that builds write into a folder, seen from there, with their programs."""
        if folder not in self._below:
            self._below[folder] = tuple(islice(self._find_below(f"{folder}/" if folder else ""), MOST_FILES))
        return self._below[folder]

    def _find_below(self, prefix: str) -> Iterator[tuple[str, Program]]:
        for path in self._by_path:
            program = self.at(path) if path.startswith(prefix) else None
            if program:
                yield path.removeprefix(prefix), program

    def named(self, name: str) -> Sequence[Program]:
        """Programs whose binary is built under a name, or else bears it of itself."""
        directories = self._by_name.get(name)
        found = [self._index.at(directory) for directory in sorted(directories or ())]
        return [program for program in found if program] or self._index.named(name)

    def _only(self, directories: Iterable[str]) -> Program | None:
        unique = tuple(directories)
        return self._index.at(unique[0]) if len(unique) == 1 else None


def _by_make(
    index: ProgramIndex, commands: Iterable[GoCommand]
) -> Iterator[tuple[GoCommand, Sequence[tuple[Program, str]]]]:
    """Each command that builds programs, with these and the files they are put into."""
    for each in commands:
        for base in dict.fromkeys((each.base, "")):
            found = list(_outputs(index, go_targets(each.command, posixpath.join("/", base, each.folder))))
            if found:
                yield each, found
                break


def _outputs(index: ProgramIndex, targets: Iterable[GoTarget]) -> Iterator[tuple[Program, str]]:
    for target in targets:
        program = index.at(target.directory.strip("/"))
        if program and target.output != "/dev/null":
            output = target.output or posixpath.join(target.into, program.name)
            yield program, posixpath.normpath(output).lstrip("/")


def _of_jobs(index: ProgramIndex, jobs: Iterable[Job]) -> Iterator[tuple[str, str]]:
    for job in jobs:
        for program, output in built_programs(job, index):
            if output:
                yield program.directory, posixpath.normpath(output)
