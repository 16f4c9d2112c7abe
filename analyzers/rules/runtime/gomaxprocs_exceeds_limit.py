from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.environment import delete_entry, rewritten
from analyzers.model.fact import Fact
from analyzers.model.quantity import cores_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, setting_of, started_containers
from analyzers.model.service import Service
from analyzers.model.services.cpu_limits import is_old_language, is_processor_count, old_builder
from analyzers.rule import Problem, Replacement, rule

_FAR_BELOW = 4
"""So many times fewer threads than cores are no reserve any more."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for deployed, service in started_containers(repository):
        container = deployed.container
        setting = setting_of(container, service.image if service else None, "GOMAXPROCS")
        limit = container.limits.get("cpu")
        cores = cores_of(limit.value) if limit and limit.value else None
        if setting and limit and cores and is_processor_count(setting.value or ""):
            case = _judge(int(setting.value or ""), math.ceil(cores))
            if case is not None:
                heeds = service is not None and _heeds_limit(service)
                yield _problem(repository, setting, limit, math.ceil(cores), case, heeds=heeds)


def _judge(threads: int, cores: int) -> str | None:
    if threads > cores:
        return ""
    return "below" if threads * _FAR_BELOW <= cores else None


def _heeds_limit(service: Service) -> bool:
    """Its Go looks at the limit by itself, so that the variable can go."""
    program = service.program
    return (
        program is not None and not is_old_language(program.module) and not old_builder(service.build_stages)
    )


def _problem(
    repository: Repository, setting: RuntimeSetting, limit: Fact[str], cores: int, case: str, *, heeds: bool
) -> Problem:
    removal = _removal(repository, setting) if heeds else None
    return Problem(
        setting.at,
        values={"value": setting.value, "limit": limit.value, "cores": cores, "partner": limit.at},
        related=(Related(limit.at, "the container's limit"),),
        fix=removal,
        replacements=() if removal else tuple(_replacements(repository, setting, cores)),
        evidence=f"GOMAXPROCS={setting.value} {case}",
        case=case,
    )


def _removal(repository: Repository, setting: RuntimeSetting) -> Fix | None:
    container, variable = setting.container, setting.variable
    if container is None or variable is None or variable.source != "literal":
        return None
    return delete_entry(container, variable, repository.text(variable.at.path) or "")


def _replacements(repository: Repository, setting: RuntimeSetting, cores: int) -> Iterator[Replacement]:
    """An image's own value is for every container that runs it: no fix from one of them."""
    text = rewritten(setting.name, setting.value or "", repository.text_at(setting.at), str(cores))
    if setting.variable and text:
        yield Replacement(setting.at, text)
