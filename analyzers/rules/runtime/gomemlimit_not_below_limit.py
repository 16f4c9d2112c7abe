from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.quantity import bytes_of
from analyzers.model.service import Deployed
from analyzers.model.services.memory_limit import MIB, bytes_of_gomemlimit
from analyzers.model.workload import Container, EnvVar
from analyzers.rule import Problem, Replacement, rule

SHARE = 0.95
"""Above this share the runtime starts to collect only when the kernel is about to kill."""
ADVISED = 0.9


@rule
def check(deployed: Deployed) -> Iterator[Problem]:
    container = deployed.container
    setting, limit = container.variable("GOMEMLIMIT"), container.limits.get("memory")
    available = bytes_of(limit.value) if limit and limit.value else None
    if not setting or not available or container.variable("AUTOMEMLIMIT"):
        return
    if _is_whole_limit(setting):
        yield _problem(container, setting, available, "whole")
    elif (wanted := bytes_of_gomemlimit(setting.value)) and wanted > available * SHARE:
        yield _problem(container, setting, available, "" if wanted > available else "close")


def _is_whole_limit(setting: EnvVar) -> bool:
    return setting.resource == "limits.memory" and setting.divisor in ("", "0", "1")


def _problem(container: Container, setting: EnvVar, available: int, case: str) -> Problem:
    limit = container.limits["memory"]
    advised = f"{int(available * ADVISED) // MIB}MiB"
    return Problem(
        setting.value_at or setting.at,
        values={"value": setting.value, "limit": limit.value, "partner": limit.at, "advised": advised},
        related=(Related(limit.at, "the container's limit"),),
        replacements=_replacements(setting, advised) if available >= 2 * MIB else (),
        evidence=f"{container.name} GOMEMLIMIT {case}",
        case=case,
    )


def _replacements(setting: EnvVar, advised: str) -> tuple[Replacement, ...]:
    is_written_there = setting.value_at == setting.provided_at and setting.source == "configmap"
    if setting.source == "literal" or is_written_there:
        return (Replacement(setting.value_at, advised),) if setting.value_at else ()
    if setting.at == setting.provided_at:
        return ()
    indent = " " * (setting.at.span.column - 1)
    return (Replacement(setting.at, f"name: GOMEMLIMIT\n{indent}value: {advised}"),)
