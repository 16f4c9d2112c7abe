from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.finding import Fix, Location, Related
from analyzers.fixes.lines import insert_before
from analyzers.model.service import Deployed, Service
from analyzers.model.services.draining import Drain, longest_drain
from analyzers.model.workload import Workload
from analyzers.rule import Problem, Replacement, rule

KUBERNETES_DEFAULT = 30
MARGIN = 2
"""Seconds for the process to end after its servers have."""
_CASES = {
    (False, False): "",
    (False, True): "sleep",
    (True, False): "default",
    (True, True): "default_sleep",
}
"""By whether the default counts, and whether a preStop hook sleeps."""


@rule
def check(service: Service) -> Iterator[Problem]:
    for deployed in service.running:
        grace = _grace(deployed.workload)
        if service.program is None or grace is None:
            continue
        drain = longest_drain(service.program, deployed.container, service.image)
        if drain and grace < _sleep(deployed) + drain.seconds + MARGIN:
            yield _problem(deployed, grace, drain)


def _grace(workload: Workload) -> int | None:
    """The seconds between the pod's end being decided and its being killed."""
    if workload.grace_period:
        return workload.grace_period.value
    return KUBERNETES_DEFAULT if workload.is_complete else None


def _sleep(deployed: Deployed) -> int:
    sleep = deployed.container.prestop_seconds
    return (sleep.value or 0) if sleep else 0


def _problem(deployed: Deployed, grace: int, drain: Drain) -> Problem:
    workload, sleep = deployed.workload, _sleep(deployed)
    needed = math.ceil(sleep + drain.seconds + MARGIN)
    is_exact = drain.is_exact and _is_known_sleep(deployed)
    return Problem(
        _place(workload),
        values={
            "grace": grace,
            "sleep": sleep,
            "drain": f"{drain.seconds:g}",
            "needed": needed,
            "partner": drain.shutdown.at,
        },
        related=tuple(_related(deployed, drain)),
        fix=_insertion(deployed, needed) if is_exact and not workload.grace_period else None,
        replacements=_replacements(workload, needed) if is_exact else (),
        evidence=f"{workload.kind} {workload.name}",
        case=_CASES[workload.grace_period is None, sleep > 0],
    )


def _is_known_sleep(deployed: Deployed) -> bool:
    sleep = deployed.container.prestop_seconds
    return sleep is None or sleep.value is not None


def _related(deployed: Deployed, drain: Drain) -> Iterator[Related]:
    yield Related(drain.shutdown.at, f"waits up to {drain.seconds:g} s")
    sleep = deployed.container.prestop_seconds
    if sleep and sleep.value:
        yield Related(sleep.at, f"sleeps {sleep.value} s before")


def _place(workload: Workload) -> Location:
    if workload.grace_period:
        return workload.grace_period.at
    return workload.pod_at.start if workload.pod_at else workload.at


def _replacements(workload: Workload, needed: int) -> tuple[Replacement, ...]:
    return (Replacement(workload.grace_period.at, str(needed)),) if workload.grace_period else ()


def _insertion(deployed: Deployed, needed: int) -> Fix | None:
    """A line of its own in front of the pod's other fields, where these are written in block style."""
    pod, container = deployed.workload.pod_at, deployed.container.at
    if pod is None or container.line <= pod.line or container.span.column <= pod.span.column:
        return None
    indent = " " * (pod.span.column - 1)
    return Fix((insert_before(pod, f"{indent}terminationGracePeriodSeconds: {needed}"),))
