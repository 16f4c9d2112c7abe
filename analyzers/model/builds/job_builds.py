"""Builds that CI jobs ask for: by actions made for it, and by command lines in their scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.builds.actions import read_build_action
from analyzers.model.builds.arguments import read_arguments
from analyzers.model.builds.command_lines import may_build
from analyzers.model.builds.interpolation import interpolate, known
from analyzers.model.builds.job_shells import job_shells
from analyzers.model.builds.places import in_repository, inside, repositories_of, short_names_of
from analyzers.model.builds.purposes import is_aside, makes_image
from analyzers.model.builds.script_builds import script_builds
from analyzers.model.builds.variables import job_lookup
from analyzers.model.pipeline import Job, Step

MOST_BUILDS = 500
"""Of one job, its matrix taken apart."""
MOST_COMBINATIONS = 100


def read_job_builds(
    jobs: Iterable[Job], tree: Collection[str], names: Collection[str] = ()
) -> Iterator[Build]:
    """`names` are those of the repository on GitHub, by which it may be checked out."""
    for job in jobs:
        if any(map(_may_build, job.steps)):
            yield from _each_once(islice(_of_job(job, tree, names), MOST_BUILDS))


def _may_build(step: Step) -> bool:
    return read_build_action(step, ()) is not None or any(map(may_build, step.commands))


def _each_once(builds: Iterable[Build]) -> Iterator[Build]:
    """Without what the combinations of a job have in common."""
    seen: dict[Location, list[Build]] = defaultdict(list)
    for build in builds:
        if build not in seen[build.at]:
            seen[build.at].append(build)
            yield build


def _of_job(job: Job, tree: Collection[str], names: Collection[str]) -> Iterator[Build]:
    for row in job.combinations[:MOST_COMBINATIONS]:
        for step, shell in job_shells(job, row, names, _may_build):
            if build := _of_action(job, step, row, shell.checkouts):
                yield build
            yield from script_builds(step.commands, shell, tree)


def _of_action(job: Job, step: Step, row: Mapping[str, str], checkouts: Sequence[str]) -> Build | None:
    asked = read_build_action(step, job.steps)
    if asked is None:
        return None
    lookup = job_lookup(job, step, row)
    context = in_repository(inside("", interpolate(asked.context, lookup)), checkouts)
    file = interpolate(asked.file, lookup)
    folder = "" if file and not asked.is_from_root else context
    target = interpolate(asked.target, lookup)
    return Build(
        at=step.at,
        by="pipeline",
        dockerfile=in_repository(inside(folder, file or "Dockerfile"), checkouts),
        context=context,
        target=known(target),
        names=repositories_of(interpolate(tag, lookup) for tag in asked.tags),
        short_names=short_names_of(interpolate(tag, lookup) for tag in asked.tags),
        args=read_arguments(asked.args, lookup, step.at),
        is_from_git=asked.is_from_root,
        ships=makes_image(interpolate(output, lookup) for output in asked.outputs) and not is_aside(target),
    )
