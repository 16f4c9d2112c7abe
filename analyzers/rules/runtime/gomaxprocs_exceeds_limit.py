from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.environment import rewritten
from analyzers.model.fact import Fact
from analyzers.model.quantity import cores_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, setting_of, started_containers
from analyzers.model.services.cpu_limits import is_processor_count
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
                yield _problem(repository, setting, limit, math.ceil(cores), case)


def _judge(threads: int, cores: int) -> str | None:
    if threads > cores:
        return ""
    return "below" if threads * _FAR_BELOW <= cores else None


def _problem(
    repository: Repository, setting: RuntimeSetting, limit: Fact[str], cores: int, case: str
) -> Problem:
    """An image's own value is for every container that runs it: no fix from one of them."""
    old = setting.value or ""
    text = (
        rewritten(setting.name, old, repository.text_at(setting.at), str(cores)) if setting.variable else None
    )
    return Problem(
        setting.at,
        values={"value": old, "limit": limit.value, "cores": cores, "partner": limit.at},
        related=(Related(limit.at, "the container's limit"),),
        replacements=(Replacement(setting.at, text),) if text else (),
        evidence=f"GOMAXPROCS={old} {case}",
        case=case,
    )
