"""Which steps of CI build an image and push it, and whether they put labels on it.

https://github.com/docker/build-push-action#inputs and
https://docs.docker.com/reference/cli/docker/buildx/build/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.finding import Location
from analyzers.model.builds.actions import read_build_action
from analyzers.model.builds.command_lines import Asked, read_command_line
from analyzers.model.command import Command
from analyzers.model.pipeline import Job, Step
from analyzers.parsers.light import light_value

_PUSHING = frozenset({"docker", "podman", "buildah", "nerdctl", "img"})
_NAMING = ("--label", "--annotation", "--metadata-file", "--iidfile")
"""Flags that label an image, or hand it to a later step that may."""


@light_value
class Publication:
    """`at` is also the place of the builds it asks for. One of `step`, an action, and `command` made it."""

    job: Job
    at: Location
    is_labelled: bool
    step: Step | None = None
    command: Command | None = None


def find_publications(jobs: Iterable[Job]) -> Iterator[Publication]:
    """In the order of the jobs; a step that several jobs share comes once for each."""
    for job in jobs:
        for step in job.steps:
            if read_build_action(step, ()) and _pushes(step):
                labels = step.written.get("labels", "") + step.written.get("annotations", "")
                yield Publication(job, step.at, bool(labels.strip()), step=step)
            yield from _by_commands(job, step)


def _pushes(step: Step) -> bool:
    push = step.written.get("push", "").strip().lower()
    outputs = step.written.get("outputs", "").replace(" ", "")
    return push not in ("", "false") or "type=registry" in outputs or "push=true" in outputs


def _by_commands(job: Job, step: Step) -> Iterator[Publication]:
    for command in step.commands:
        asked = read_command_line(command.words)
        if asked and (asked.is_kaniko or "--push" in command.words or pushes_an_image(job.commands)):
            is_silent = "--no-push" in command.words or "--push=false" in command.words
            if not is_silent and not command.is_nested:
                yield Publication(job, command.at, _is_labelled(command, asked), command=command)


def pushes_an_image(commands: Sequence[Command]) -> bool:
    """They push something; it is taken to be what they built before."""
    return any(
        command.name in _PUSHING and command.words[1:2] in (("push",), ("image",)) and "push" in command.words
        for command in commands
    )


def _is_labelled(command: Command, asked: Asked) -> bool:
    """It labels the image, or a variable among its words may do so."""
    return bool(asked.loose) or any(word.startswith(_NAMING) for word in command.words)
