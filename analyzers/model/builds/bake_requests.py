"""Who asks for which targets of which bake files: CI jobs, by docker's action or by `docker buildx bake`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from analyzers.model.builds.actions import computed_images, items
from analyzers.model.builds.interpolation import Lookup, interpolate, known
from analyzers.model.builds.places import inside
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.command import Command
from analyzers.model.pipeline import Job, Step
from analyzers.parsers.light import light_value

MOST_REQUESTS = 500
_ACTION = "docker/bake-action"
_VALUED = frozenset({"--set", "--builder", "--metadata-file", "--call", "--allow", "--provenance", "--sbom"})
COMPUTED_TARGET = "docker-metadata-action"
"""The target that docker/metadata-action fills: https://github.com/docker/metadata-action#bake-definition"""


@light_value
class BakeRequest:
    """`files` are empty for those that bake finds by itself, `targets` for the default ones."""

    folder: str
    files: tuple[str, ...]
    targets: tuple[str, ...]
    images: tuple[str, ...] = ()
    """Names that docker/metadata-action brings."""


def read_bake_requests(jobs: Iterable[Job]) -> Iterator[BakeRequest]:
    asked = (request for job in jobs if _may_bake(job) for request in _of_job(job))
    yield from dict.fromkeys(islice(asked, MOST_REQUESTS))


def _may_bake(job: Job) -> bool:
    return any(step.uses == _ACTION for step in job.steps) or any(map(_bakes, job.commands))


def _bakes(command: Command) -> bool:
    return command.words[:3] == ("docker", "buildx", "bake")


def _of_job(job: Job) -> Iterator[BakeRequest]:
    for row, step in product(job.combinations, job.steps):
        lookup = job_lookup(job, step, row)
        if step.uses == _ACTION:
            yield from _of_action(job, step, lookup)
        shell = ShellState(inside("", step.directory.value or "$") if step.directory else "", lookup)
        for command in step.commands:
            shell.run(command)
            if _bakes(command):
                yield from _of_command(command.words[3:], shell)


def _of_action(job: Job, step: Step, lookup: Lookup) -> Iterator[BakeRequest]:
    """Inputs: https://github.com/docker/bake-action#inputs"""
    folder = inside("", interpolate(step.written.get("workdir", "."), lookup))
    if folder is None:
        return
    files = [inside(folder, interpolate(file, lookup)) for file in items(step.written.get("files", ""))]
    targets = [known(interpolate(target, lookup)) for target in items(step.written.get("targets", ""))]
    images = [interpolate(image, lookup) for image in computed_images(job.steps)]
    yield BakeRequest(
        folder,
        tuple(file for file in files if file),
        tuple(target for target in targets if target),
        tuple(images),
    )


def _of_command(words: Sequence[str], shell: ShellState) -> Iterator[BakeRequest]:
    if shell.directory is None:
        return
    files: list[str | None] = []
    targets: list[str] = []
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        if flag in ("-f", "--file"):
            files.append(inside(shell.directory, shell.text(value if equals else next(rest, ""))))
        elif flag in _VALUED and not equals:
            next(rest, "")
        elif not word.startswith("-"):
            targets.append(shell.text(word))
    yield BakeRequest(shell.directory, tuple(file for file in files if file), tuple(filter(known, targets)))
