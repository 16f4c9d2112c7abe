from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.fact import Fact
from analyzers.model.java.application import JavaApplication
from analyzers.model.java.profiles import is_deployed_profile
from analyzers.model.java.time_limits import request_limit
from analyzers.rule import Problem, Replacement, rule

_MANY = 50
_FEW = 10
"""HikariCP's default."""
_LONG = 30_000
"""Milliseconds; most requests have been given up by then."""


@rule
def check(application: JavaApplication) -> Iterator[Problem]:
    for pool in application.pools:
        maximum, wait = pool.maximum, pool.connection_timeout
        if maximum is None or maximum.value is None or pool.comment or not is_deployed_profile(pool.profile):
            continue
        if maximum.value >= _MANY:
            yield _oversized(maximum, maximum.value)
        elif wait and wait.value and maximum.value <= _FEW:
            yield from _patient(application, wait, wait.value, maximum.value)


def _oversized(maximum: Fact[int], number: int) -> Problem:
    return Problem(
        maximum.at,
        values={"number": number, "few": _FEW},
        replacements=(Replacement(maximum.at, str(_FEW)),),
        evidence=f"maximum-pool-size {number}",
    )


def _patient(
    application: JavaApplication, wait: Fact[int], milliseconds: int, number: int
) -> Iterator[Problem]:
    limit = request_limit(application)
    if milliseconds >= _LONG or (limit and milliseconds > limit):
        yield Problem(
            wait.at,
            values={
                "seconds": f"{milliseconds / 1000:g}",
                "number": number,
                "limit": f"{(limit or 0) / 1000:g}",
            },
            evidence=f"connection-timeout {milliseconds}",
            case="outlasting" if limit and milliseconds > limit else "patient",
        )
