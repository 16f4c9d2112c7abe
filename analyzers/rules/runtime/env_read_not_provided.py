from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.environment import add_entry
from analyzers.model.program import Program
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.required_settings import required_settings
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed
from analyzers.model.services.given_variables import keeper_of, lacks
from analyzers.model.workload import Settings
from analyzers.rule import Problem, rule

_REFERENCES = {"ConfigMap": "configMapKeyRef", "Secret": "secretKeyRef"}


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        program, image = service.program, service.image
        for setting in required_settings(program) if program and image and service.running else ():
            for deployed in service.running:
                if program and image and lacks(deployed, image, setting.variables):
                    yield _problem(repository, program, deployed, setting)


def _problem(
    repository: Repository, program: Program, deployed: Deployed, setting: ProgramSetting
) -> Problem:
    name, workload = setting.variables[-1], deployed.workload
    keeper = keeper_of(name, workload, repository.manifests)
    related = [Related(setting.at, "asked for here")]
    if keeper:
        related.append(Related(keeper.data[name].at.start, "here it is kept"))
    return Problem(
        deployed.container.at,
        values={
            "program": program.name,
            "variable": name,
            "partner": setting.at,
            "container": deployed.container.name,
            "keeper": f"{keeper.kind} {keeper.name}" if keeper else "",
        },
        related=tuple(related),
        fix=_reference(deployed, name, keeper) if keeper else None,
        evidence=f"{workload.identity} {deployed.container.name} {name}",
        case="kept" if keeper else "",
    )


def _reference(deployed: Deployed, name: str, keeper: Settings) -> Fix | None:
    lines = (
        f"- name: {name}",
        "  valueFrom:",
        f"    {_REFERENCES[keeper.kind]}:",
        f"      name: {keeper.name}",
        f"      key: {name}",
    )
    return add_entry(deployed.container, lines)
