from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.fixes.grace_period import add_grace_period
from analyzers.model.service import Deployed, Service
from analyzers.model.services.draining import Drain, longest_drain
from analyzers.model.workload import Workload
from analyzers.rule import Problem, Replacement, rule

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
        grace = deployed.workload.grace_seconds
        if service.program is None or grace is None:
            continue
        drain = longest_drain(service.program, deployed.container, service.image)
        if drain and grace < _sleep(deployed) + drain.seconds + MARGIN:
            yield _problem(deployed, grace, drain)


def _sleep(deployed: Deployed) -> int:
    sleep = deployed.container.prestop_seconds
    return (sleep.value or 0) if sleep else 0


def _problem(deployed: Deployed, grace: int, drain: Drain) -> Problem:
    workload, sleep = deployed.workload, _sleep(deployed)
    written = workload.grace_period
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
        fix=add_grace_period(workload, deployed.container, needed) if is_exact else None,
        replacements=(Replacement(written.at, str(needed)),) if is_exact and written else (),
        evidence=workload.identity,
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
