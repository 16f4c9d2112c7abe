from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analyzers.finding import Location
from analyzers.fixes.lines import part_at
from analyzers.model.fact import Fact
from analyzers.model.pipeline import Job
from analyzers.model.repository import Repository
from analyzers.model.workload import Workload
from analyzers.parsers.connection_string import Credentials, find_credentials
from analyzers.rule import Problem, rule


class _Site(NamedTuple):
    """A text that may hold a password, and what it is a part of."""

    text: str
    at: Location
    place: str


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for site in (*_in_go(repository), *_in_images(repository), *_in_manifests(repository)):
        if found := find_credentials(site.text):
            yield _problem(repository, site, found)
    for site in _in_pipelines(repository):
        found = find_credentials(site.text)
        if found and "." in found.host:
            yield _problem(repository, site, found)


def _problem(repository: Repository, site: _Site, found: Credentials) -> Problem:
    return Problem(
        site.at,
        values={"place": site.place, "shown": found.shown},
        evidence=f"{site.place} {found.shown}",
        case="well-known" if found.is_well_known else "",
        secret=part_at(repository.text_at(site.at), site.at, found.password),
    )


def _in_go(repository: Repository) -> Iterator[_Site]:
    for program in repository.programs:
        for package in program.packages:
            for path, file in package.files.items():
                for text in () if file.is_generated else file.texts:
                    yield _Site(text.text, Location(path, file.span(text)), "the source")


def _in_images(repository: Repository) -> Iterator[_Site]:
    for image in repository.images:
        for stage in image.stages:
            yield from _known({**stage.args, **stage.env}, "the image as")


def _in_manifests(repository: Repository) -> Iterator[_Site]:
    for manifests in repository.manifests:
        for workload in manifests.workloads:
            yield from _in_workload(workload)
        for settings in manifests.settings:
            if settings.kind == "ConfigMap":
                yield from _known(settings.data, f"ConfigMap {settings.name} as")


def _in_workload(workload: Workload) -> Iterator[_Site]:
    for container in (*workload.containers, *workload.init_containers):
        for variable in container.env:
            if variable.source == "literal" and variable.value:
                place = f"{workload.kind} {workload.name} as `{variable.name}`"
                yield _Site(variable.value, variable.value_at or variable.at, place)


def _in_pipelines(repository: Repository) -> Iterator[_Site]:
    """A host without a dot is a service container beside the job, made for the tests."""
    for pipeline in repository.pipelines:
        for job in pipeline.jobs:
            yield from _in_job(job)


def _in_job(job: Job) -> Iterator[_Site]:
    yield from _known(job.env, "CI as")
    for step in job.steps:
        yield from _known(step.env, "CI as")


def _known(facts: Mapping[str, Fact[str]], holder: str) -> Iterator[_Site]:
    """What a list of module proxies holds is told by `goproxy-credentials`."""
    for name, fact in facts.items():
        if fact.value and name != "GOPROXY":
            yield _Site(fact.value, fact.at, f"{holder} `{name}`")
