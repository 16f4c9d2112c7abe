from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.finding import Location, Related
from analyzers.fixes.environment import add_literal
from analyzers.model.fact import Fact
from analyzers.model.quantity import bytes_of
from analyzers.model.service import Deployed, Service
from analyzers.model.services.memory_limit import (
    advised_gomemlimit,
    has_no_setting,
    sets_memory_limit,
    uses_c,
)
from analyzers.model.workload import Container
from analyzers.rule import Problem, rule

_SHORT_LIVED = ("Job", "CronJob", "Pod")


@rule
def check(service: Service) -> Iterator[Problem]:
    """One finding a program, with the other containers that run it as related places."""
    program = service.program
    if program is None or sets_memory_limit(program) or uses_c(program):
        return
    found = [(item.container, limit) for item in service.running if (limit := _unheeded(item, service))]
    if found:
        (container, limit), *others = sorted(found, key=lambda each: each[1].at)
        yield _problem(service, container, limit, {other.at: None for _, other in others})


def _unheeded(deployed: Deployed, service: Service) -> Fact[str] | None:
    """The limit of a lasting container that nothing tells the runtime of."""
    limit = deployed.container.limits.get("memory")
    is_lasting = deployed.workload.kind not in _SHORT_LIVED
    if limit and is_lasting and _advised(limit) and has_no_setting(deployed.container, service.image):
        return limit
    return None


def _advised(limit: Fact[str]) -> str | None:
    return advised_gomemlimit(bytes_of(limit.value) if limit.value else None)


def _problem(service: Service, container: Container, limit: Fact[str], others: Iterable[Location]) -> Problem:
    advised = _advised(limit) or ""
    return Problem(
        limit.at,
        values={"container": container.name, "limit": limit.value, "advised": advised},
        related=tuple(Related(at, "the same program") for at in others if at != limit.at),
        fix=add_literal(container, "GOMEMLIMIT", advised, limit.at),
        evidence=f"{service.name} GOMEMLIMIT",
    )
