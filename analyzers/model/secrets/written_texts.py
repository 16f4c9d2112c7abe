"""The texts of a repository that end up where others can read them: in source, images, workloads, CI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.command_reader import is_shell
from analyzers.model.fact import Fact
from analyzers.model.pipeline import Job
from analyzers.model.repository import Repository
from analyzers.model.secrets.fixtures import is_fixture
from analyzers.model.workload import Workload
from analyzers.parsers.connection_string import may_hold_credentials


class WrittenText(NamedTuple):
    """`place` says in words what the text is a part of, `name` what it is called there, if anything."""

    text: str
    at: Location
    place: str
    name: str = ""


def texts_in_go(repository: Repository) -> Iterator[WrittenText]:
    for program in repository.programs:
        for package in program.packages:
            for path, file in package.files.items():
                for text in () if file.is_generated or is_fixture(path) else file.texts:
                    yield WrittenText(text.text, Location(path, file.span(text)), "the source")


def texts_in_images(repository: Repository) -> Iterator[WrittenText]:
    """Values of ARG and ENV, and the words of what RUN runs that may hold a password."""
    for image in repository.images:
        for stage in image.stages:
            yield from _known(stage.args, "the image as")
            yield from _known(stage.env, "the image as")
            for run in stage.runs:
                yield from _words(run.commands, "the image")


def texts_in_manifests(repository: Repository) -> Iterator[WrittenText]:
    """Values of containers' variables, and of ConfigMaps. What a Secret holds is not among them."""
    for manifests in repository.manifests:
        for workload in manifests.workloads:
            yield from texts_in_workload(workload)
            yield from _arguments(repository, workload)
        for settings in manifests.settings:
            if settings.kind == "ConfigMap":
                yield from _known(settings.data, f"ConfigMap {settings.name} as")


def texts_in_workload(workload: Workload) -> Iterator[WrittenText]:
    for container in (*workload.containers, *workload.init_containers):
        for variable in container.env:
            if variable.source == "literal" and variable.value:
                place = f"{workload.kind} {workload.name} as `{variable.name}`"
                at = variable.value_at or variable.at
                yield WrittenText(variable.value, at, place, variable.name)


def _arguments(repository: Repository, workload: Workload) -> Iterator[WrittenText]:
    for container in (*workload.containers, *workload.init_containers):
        for field, words in (("command", container.command), ("args", container.args)):
            block = container.places.get(field)
            for word in words or () if block else ():
                at = block.part(repository.text_at(block), word) if block else container.at
                yield WrittenText(word, at, f"{workload.kind} {workload.name}")


def texts_in_pipelines(repository: Repository) -> Iterator[WrittenText]:
    """Values of variables, and the words of scripts that may hold a password."""
    for job in repository.jobs:
        yield from _in_job(job)


def _in_job(job: Job) -> Iterator[WrittenText]:
    yield from _known(job.env, "CI as")
    for step in job.steps:
        yield from _known(step.env, "CI as")
        yield from _words(step.commands, "CI")


def _known(facts: Mapping[str, Fact[str]], holder: str) -> Iterator[WrittenText]:
    for name, fact in facts.items():
        if fact.value:
            yield WrittenText(fact.value, fact.at, f"{holder} `{name}`", name)


def _words(commands: Iterable[Command], holder: str) -> Iterator[WrittenText]:
    for command in commands:
        is_script = is_shell(command.name)
        for index, word in enumerate(command.words):
            if may_hold_credentials(word) and index not in command.varying and not is_script:
                yield WrittenText(word, command.word_at(index), holder)


def secret_at(repository: Repository, at: Location, secret: str) -> Location:
    """The secret alone where it is plain to see in one line of a text; else all of the text."""
    written = repository.text_at(at)
    return at if "\n" in written else at.part(written, secret)
