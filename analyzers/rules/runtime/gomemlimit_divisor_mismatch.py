from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.environment import literal_entry
from analyzers.model.fact import Fact
from analyzers.model.quantity import bytes_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, find_runtime_settings
from analyzers.model.services.memory_limit import advised_gomemlimit
from analyzers.model.workload import Container, EnvVar
from analyzers.rule import Problem, Replacement, rule

_BYTES = ("", "0", "1")
"""Divisors that leave bytes; 0 stands for the default."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for setting in find_runtime_settings(repository, "GOMEMLIMIT"):
        variable, container = setting.variable, setting.container
        if (
            variable
            and container
            and variable.resource.endswith(".memory")
            and variable.divisor not in _BYTES
        ):
            yield _problem(setting, variable, container)


def _problem(setting: RuntimeSetting, variable: EnvVar, container: Container) -> Problem:
    amounts = container.limits if variable.resource.startswith("limits.") else container.requests
    amount, step = amounts.get("memory"), bytes_of(variable.divisor)
    whole = bytes_of(amount.value) if amount and amount.value else None
    is_known = amount and whole and step
    return Problem(
        variable.divisor_at or setting.at,
        values={
            "resource": variable.resource,
            "divisor": variable.divisor,
            "amount": amount.value if amount else None,
            "number": -(-whole // step) if whole and step else None,
        },
        related=(Related(amount.at, "divided by it"),) if amount and is_known else (),
        replacements=(
            _replacement(variable, advised_gomemlimit(whole) if _is_beside(amount, variable) else None),
        ),
        evidence=f"{container.name} {variable.resource} {variable.divisor}",
        case="" if is_known else "unknown",
    )


def _is_beside(amount: Fact[str] | None, variable: EnvVar) -> bool:
    """In one file: a chart's values or an overlay may set another amount at the next installation."""
    return amount is not None and amount.at.path == variable.at.path


def _replacement(variable: EnvVar, advised: str | None) -> Replacement:
    """A share of the limit where that is known; the whole limit in bytes is better than a few bytes."""
    if advised and variable.resource.startswith("limits."):
        return Replacement(variable.at, literal_entry(variable, advised))
    return Replacement(variable.divisor_at or variable.at, '"1"')
