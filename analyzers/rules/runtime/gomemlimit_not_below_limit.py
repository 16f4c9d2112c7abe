from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.environment import literal_entry, rewritten
from analyzers.model.fact import Fact
from analyzers.model.quantity import bytes_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, setting_of, started_containers
from analyzers.model.service import Service
from analyzers.model.services.memory_limit import advised_gomemlimit, bytes_of_gomemlimit
from analyzers.model.workload import Container
from analyzers.rule import Problem, Replacement, rule

SHARE = 0.95
"""Above this share the runtime starts to collect only when the kernel is about to kill."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for deployed, service in started_containers(repository):
        container = deployed.container
        setting = setting_of(container, service.image if service else None, "GOMEMLIMIT")
        limit = container.limits.get("memory")
        available = bytes_of(limit.value) if limit and limit.value else None
        if setting and limit and available and not _leaves_it_to_library(container, service):
            case = _judge(setting, available)
            if case is not None:
                yield _problem(repository, setting, container, limit, case)


def _leaves_it_to_library(container: Container, service: Service | None) -> bool:
    image = service.image if service else None
    return setting_of(container, image, "AUTOMEMLIMIT") is not None


def _judge(setting: RuntimeSetting, available: int) -> str | None:
    variable = setting.variable
    if variable and variable.resource == "limits.memory" and variable.divisor in ("", "0", "1"):
        return "whole"
    wanted = bytes_of_gomemlimit(setting.value)
    if wanted is None or wanted <= available * SHARE:
        return None
    return "" if wanted > available else "close"


def _problem(
    repository: Repository, setting: RuntimeSetting, container: Container, limit: Fact[str], case: str
) -> Problem:
    advised = advised_gomemlimit(bytes_of(limit.value or ""))
    return Problem(
        setting.at,
        values={
            "value": setting.value,
            "limit": limit.value,
            "partner": limit.at,
            "advised": advised or "that",
        },
        related=(Related(limit.at, "the container's limit"),),
        replacements=tuple(_replacements(repository, setting, limit, advised)) if advised else (),
        evidence=f"{container.name} GOMEMLIMIT {case}",
        case=case,
    )


def _replacements(
    repository: Repository, setting: RuntimeSetting, limit: Fact[str], advised: str
) -> Iterator[Replacement]:
    """Where one container decides, and the limit is not left to an overlay or a chart's values."""
    variable = setting.variable
    if variable and variable.source == "resource":
        if variable.at.path == limit.at.path:
            yield Replacement(variable.at, literal_entry(variable, advised))
    elif variable and setting.value:
        text = rewritten(setting.name, setting.value, repository.text_at(setting.at), advised)
        if text:
            yield Replacement(setting.at, text)
