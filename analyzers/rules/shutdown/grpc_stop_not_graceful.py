from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.fixes.go_shutdown import stop_gracefully
from analyzers.model.program import Program
from analyzers.model.programs.servings import GRPC_SERVER
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    if not (program.handles_signals and _serves_others(program)):
        return
    graceful = [shutdown for shutdown in program.shutdowns if shutdown.server == GRPC_SERVER]
    for stop in program.hard_stops if not graceful else ():
        if not stop.is_on_error and not stop.blocked_by:
            yield _problem(program, stop.at, stop.receiver, "")
    for shutdown in graceful if not program.hard_stops else ():
        if shutdown.seconds == 0 and not shutdown.blocked_by and not shutdown.waits_in_vain:
            yield _problem(program, shutdown.at, shutdown.receiver, "endless")


def _serves_others(program: Program) -> bool:
    """gRPC on a socket of the pod has callers that end with it."""
    return any(listen.protocol == "grpc" and not listen.is_local for listen in program.listens)


def _problem(program: Program, at: Location, server: str, case: str) -> Problem:
    site = program.code.call_at(at)
    return Problem(
        at,
        values={"server": server},
        fix=stop_gracefully(site) if site else None,
        evidence=f"{server} stops hard",
        case=case,
    )
