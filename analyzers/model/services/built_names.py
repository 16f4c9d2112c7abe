"""Under which names images are built: what CI and compose files call the image of a Dockerfile."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from analyzers.model.compose import Compose
from analyzers.model.pipeline import Job, Step
from analyzers.parsers.image_name import parse_image_name

_VARIABLE_TAG = re.compile(r":[^/]*\$[^/]*\Z")
_VALUED = frozenset(
    {"-t", "--tag", "-f", "--file", "--build-arg", "--target", "--platform", "--cache-from", "--cache-to"}
)
_ANSWERS = {
    "docker": ("build", "buildx"),
    "podman": ("build",),
    "buildah": ("build", "bud"),
    "nerdctl": ("build",),
}


def built_names(
    jobs: Iterable[Job], composes: Iterable[Compose], dockerfiles: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """The repositories (names without tag) that each Dockerfile's image is built as."""
    names: dict[str, set[str]] = defaultdict(set)
    for path, image in (*_from_jobs(jobs), *_from_composes(composes)):
        if path in dockerfiles and (name := _named(image)):
            names[path].add(name)
    return {path: frozenset(found) for path, found in names.items()}


def _named(image: str) -> str:
    """The repository of a reference whose tag may be a variable; empty where the name holds one too."""
    name = parse_image_name(_VARIABLE_TAG.sub("", image))
    return name.familiar if name else ""


def _from_composes(composes: Iterable[Compose]) -> Iterator[tuple[str, str]]:
    for compose in composes:
        for service in compose.services:
            if service.dockerfile and service.image and service.image.value:
                yield service.dockerfile, service.image.value.text


def _from_jobs(jobs: Iterable[Job]) -> Iterator[tuple[str, str]]:
    for job in jobs:
        for step in job.steps:
            if step.uses == "docker/build-push-action":
                yield from _from_action(step)
            for command in step.commands:
                if (
                    command.name in _ANSWERS
                    and command.words[1:2]
                    and command.words[1] in _ANSWERS[command.name]
                ):
                    yield from _from_words(command.words[2:])


def _from_action(step: Step) -> Iterator[tuple[str, str]]:
    """The inputs of https://github.com/docker/build-push-action."""
    context, file, tags = (_input(step, name) for name in ("context", "file", "tags"))
    path = _place(context or ".", file)
    for tag in tags.replace(",", "\n").split():
        yield path, tag


def _from_words(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The arguments of `docker build`."""
    tags, file, context = [], "", "."
    rest = iter(words)
    for word in rest:
        flag, _, value = word.partition("=")
        if flag in _VALUED:
            value = value or next(rest, "")
            tags += [value] if flag in ("-t", "--tag") else []
            file = value if flag in ("-f", "--file") else file
        elif not word.startswith("-"):
            context = word
    for tag in tags:
        yield _place(context, file, from_context=not file), tag


def _place(context: str, file: str, from_context: bool = False) -> str:
    path = posixpath.join(context, "Dockerfile") if from_context or not file else file
    return posixpath.normpath(path.removeprefix("./"))


def _input(step: Step, name: str) -> str:
    found = step.inputs.get(name)
    return found.value or "" if found else ""
