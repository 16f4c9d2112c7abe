from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.modules.builds import loads_module
from analyzers.model.pipeline import Job
from analyzers.model.pipelines.vulnerability_scans import may_scan
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_TESTING = ("test", "vet", "build")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    fetching = [module for module in repository.modules if module.requirements]
    job = next(_checking_jobs(repository), None)
    if not fetching or job is None or repository.sources.is_partial:
        return
    parts = fetching[0].name.split("/")
    owner = parts[1] if len(parts) > 2 else ""
    if not may_scan(repository.pipelines, repository.sources, owner):
        yield Problem(
            job.at,
            values={"count": _count(sum(len(module.requirements) for module in fetching)), "job": job.name},
            evidence="no scan",
        )


def _checking_jobs(repository: Repository) -> Iterator[Job]:
    """Where a scan would have its place: the first job that builds or tests Go."""
    for job in repository.jobs:
        if any(loads_module(command) and command.words[1] in _TESTING for command in job.commands):
            yield job


def _count(number: int) -> str:
    return "the one module" if number == 1 else f"any of the {number} modules"
