from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Fix, Related
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
        yield _problem(service, sorted(found, key=lambda each: each[1].at))


def _unheeded(deployed: Deployed, service: Service) -> Fact[str] | None:
    """The limit of a lasting container that nothing tells the runtime of."""
    limit = deployed.container.limits.get("memory")
    is_lasting = deployed.workload.kind not in _SHORT_LIVED
    if limit and is_lasting and _advised(limit) and has_no_setting(deployed.container, service.image):
        return limit
    return None


def _advised(limit: Fact[str]) -> str | None:
    return advised_gomemlimit(bytes_of(limit.value) if limit.value else None)


def _problem(service: Service, found: Sequence[tuple[Container, Fact[str]]]) -> Problem:
    container, limit = found[0]
    others = dict.fromkeys(other.at for _, other in found if other.at != limit.at)
    return Problem(
        limit.at,
        values={"container": container.name, "limit": limit.value, "advised": _advised(limit)},
        related=tuple(Related(at, "the same program") for at in others),
        fix=_fix(found),
        evidence=f"{service.name} GOMEMLIMIT",
    )


def _fix(found: Sequence[tuple[Container, Fact[str]]]) -> Fix | None:
    """The variable in every container; None where one of them cannot be given it."""
    fixes = [
        add_literal(container, "GOMEMLIMIT", _advised(limit) or "", limit.at) for container, limit in found
    ]
    edits = dict.fromkeys(edit for fix in fixes if fix for edit in fix.edits)
    return Fix(tuple(edits)) if all(fixes) else None
