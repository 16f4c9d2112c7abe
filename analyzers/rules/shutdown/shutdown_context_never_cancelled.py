from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for shutdown in program.shutdowns:
        if shutdown.waits_in_vain and not shutdown.blocked_by:
            yield Problem(
                shutdown.waits_in_vain,
                values={"server": shutdown.receiver or "the server", "partner": shutdown.at},
                related=(Related(shutdown.at, "is never reached"),),
                evidence=f"{shutdown.receiver} waits in vain",
            )
