from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.go_shutdown import add_deadline
from analyzers.model.program import Program, Shutdown
from analyzers.model.programs.servings import GRPC_SERVER
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for shutdown in program.shutdowns:
        if _is_judged(shutdown) and (shutdown.context_has_ended or shutdown.seconds == 0):
            site = program.code.call_at(shutdown.at)
            yield Problem(
                shutdown.at,
                values={"call": f"{shutdown.receiver}.{site.node.method}" if site else "Shutdown"},
                fix=add_deadline(site) if site else None,
                evidence=f"{shutdown.receiver} without deadline",
                case="ended" if shutdown.context_has_ended else "",
            )


def _is_judged(shutdown: Shutdown) -> bool:
    """It runs, and somebody waits for it: for the others this is not yet what goes wrong."""
    runs = not shutdown.blocked_by and not shutdown.waits_in_vain and shutdown.is_awaited is not False
    return runs and shutdown.server not in (GRPC_SERVER, "?")
