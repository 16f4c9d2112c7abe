"""Which jobs build a program or its image."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.builds.called import Called, Callees
from analyzers.model.builds.interpolation import known
from analyzers.model.builds.job_shells import job_shells
from analyzers.model.builds.loops import unrolled
from analyzers.model.builds.places import ROOT
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.services.go_targets import builds_go, go_targets
from analyzers.model.services.program_index import ProgramIndex


class JobIndex:
    """Jobs by the place of each step and command; several share a script through anchors and templates.

    What a job calls counts as its own: the recipes of Makefiles, by their places, and whole files.
    """

    def __init__(self, jobs: Sequence[Job], callees: Callees) -> None:
        self._jobs = jobs
        self._callees = callees

    def of_builds(self, builds: Iterable[Build]) -> tuple[Job, ...]:
        """The jobs that ask for one of the builds, each once."""
        jobs = (
            job for build in builds for job in (*self.at(build.at), *self._by_file.get(build.at.path, ()))
        )
        return tuple({id(job): job for job in jobs}.values())

    def at(self, place: Location) -> Sequence[Job]:
        """The jobs that run what stands there."""
        return self._by_place.get(place, ())

    @cached_property
    def _by_place(self) -> Mapping[Location, list[Job]]:
        found: dict[Location, list[Job]] = defaultdict(list)
        for job, called in self._called:
            for place in dict.fromkeys((*_places(job), *called.recipes)):
                found[place].append(job)
        return found

    @cached_property
    def _by_file(self) -> Mapping[str | None, list[Job]]:
        found: dict[str | None, list[Job]] = defaultdict(list)
        for job, called in self._called:
            for path in called.files:
                found[path].append(job)
        return found

    @cached_property
    def _called(self) -> Sequence[tuple[Job, Called]]:
        return [(job, self._callees.of(job)) for job in self._jobs]


def _places(job: Job) -> Iterator[Location]:
    for step in job.steps:
        yield step.at
        yield from (command.at for command in step.commands)


def program_jobs(
    jobs: Sequence[Job], index: ProgramIndex, made: Iterable[tuple[Location, str]], places: JobIndex
) -> dict[str, tuple[Job, ...]]:
    """The jobs that run `go build` or `go install` on a program, by its folder.

    `made` are the programs' folders with the recipes of Makefiles that build them.
    """
    found: dict[str, dict[int, Job]] = defaultdict(dict)
    for job in jobs:
        for program, _ in built_programs(job, index):
            found[program.directory][id(job)] = job
    for place, directory in made:
        found[directory].update((id(job), job) for job in places.at(place))
    return {directory: tuple(each.values()) for directory, each in found.items()}


def built_programs(job: Job, index: ProgramIndex) -> Iterator[tuple[Program, str]]:
    """The programs that a job's `go build` names, with the file of the repository it leaves behind."""
    if not any(map(builds_go, job.commands)):
        return
    for step, shell in job_shells(job, {}, index.repository_names):
        for command in unrolled(step.commands, shell):
            shell.run(command)
            if builds_go(command) and shell.directory is not None:
                for target in go_targets(command, f"/{shell.directory}"):
                    directory = _path(target.directory, shell)
                    program = None if directory is None else index.at(directory)
                    if program and target.output != "/dev/null":
                        yield program, _path(target.output, shell) or ""


def _path(written: str, shell: ShellState) -> str | None:
    """A path from the root of the checkout, which may be written out in its middle."""
    text = known(shell.text(written))
    return None if text is None else text.rpartition(ROOT)[2].strip("/")
