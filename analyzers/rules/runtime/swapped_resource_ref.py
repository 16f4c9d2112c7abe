from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.environment import literal_entry
from analyzers.model.quantity import bytes_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import find_runtime_settings
from analyzers.model.services.memory_limit import advised_gomemlimit
from analyzers.model.workload import Container, EnvVar
from analyzers.rule import Problem, Replacement, rule

_WANTED = {"GOMAXPROCS": "cpu", "GOMEMLIMIT": "memory"}


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for name, wanted in _WANTED.items():
        for setting in find_runtime_settings(repository, name):
            variable, container = setting.variable, setting.container
            if variable and container and _is_swapped(variable, wanted):
                yield _problem(variable, container, wanted)


def _is_swapped(variable: EnvVar, wanted: str) -> bool:
    """Of the other of the two: what else a reference may name is not for either."""
    (other,) = {*_WANTED.values()} - {wanted}
    return variable.source == "resource" and variable.resource in (f"limits.{other}", f"requests.{other}")


def _problem(variable: EnvVar, container: Container, wanted: str) -> Problem:
    return Problem(
        variable.resource_at or variable.at,
        values={"name": variable.name, "resource": variable.resource, "wanted": f"limits.{wanted}"},
        replacements=tuple(_replacements(variable, container, wanted)),
        evidence=f"{container.name} {variable.name} {variable.resource}",
        case="" if wanted == "cpu" else "memory",
    )


def _replacements(variable: EnvVar, container: Container, wanted: str) -> Iterator[Replacement]:
    """The right resource; a share of the memory, where the limit is known, since the whole leaves no room."""
    limit = container.limits.get("memory")
    is_beside = limit is not None and limit.at.path == variable.at.path
    advised = advised_gomemlimit(bytes_of(limit.value) if limit and limit.value and is_beside else None)
    if wanted == "memory" and advised:
        yield Replacement(variable.at, literal_entry(variable, advised))
    elif variable.resource_at:
        yield Replacement(variable.resource_at, f"limits.{wanted}")
        if variable.divisor_at:
            yield Replacement(variable.divisor_at, '"1"')
