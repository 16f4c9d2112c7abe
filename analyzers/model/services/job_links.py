"""Which jobs build a program or its image."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.builds.interpolation import known
from analyzers.model.builds.places import inside
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.pipeline import Job, Step
from analyzers.model.program import Program
from analyzers.model.services.go_targets import builds_go, go_targets
from analyzers.model.services.program_index import ProgramIndex


class JobIndex:
    """Jobs by the place of each step and command; several share a script through anchors and templates."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._all = jobs

    def of_builds(self, builds: Iterable[Build]) -> tuple[Job, ...]:
        """The jobs that ask for one of the builds, each once."""
        jobs = (job for build in builds for job in self._by_place.get(build.at, ()))
        return tuple({id(job): job for job in jobs}.values())

    @cached_property
    def _by_place(self) -> dict[Location, list[Job]]:
        found: dict[Location, list[Job]] = defaultdict(list)
        for job in self._all:
            for place in dict.fromkeys(_places(job)):
                found[place].append(job)
        return found


def _places(job: Job) -> Iterator[Location]:
    for step in job.steps:
        yield step.at
        yield from (command.at for command in step.commands)


def program_jobs(jobs: Sequence[Job], index: ProgramIndex) -> dict[str, tuple[Job, ...]]:
    """The jobs that run `go build` or `go install` on a program, by its folder."""
    found: dict[str, dict[int, Job]] = defaultdict(dict)
    for job in jobs:
        for program, _ in built_programs(job, index):
            found[program.directory][id(job)] = job
    return {directory: tuple(each.values()) for directory, each in found.items()}


def built_programs(job: Job, index: ProgramIndex) -> Iterator[tuple[Program, str]]:
    """The programs that a job's `go build` names, with the file of the repository it leaves behind."""
    if not any(map(builds_go, job.commands)):
        return
    shell = None
    for step in job.steps:
        if shell is None or job.system == "github":
            shell = ShellState(_directory(step), job_lookup(job, step, {}))
        for command in step.commands:
            shell.run(command)
            if builds_go(command) and shell.directory is not None:
                for target in go_targets(command, f"/{shell.directory}"):
                    directory = known(shell.text(target.directory))
                    program = index.at(directory.strip("/")) if directory else None
                    if program and target.output != "/dev/null":
                        yield program, known(shell.text(target.output.lstrip("/"))) or ""


def _directory(step: Step) -> str | None:
    return inside("", step.directory.value or "$") if step.directory else ""
