from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.program import Program, Shutdown
from analyzers.model.programs.lifetime import Serving
from analyzers.model.programs.servings import GRPC_SERVER
from analyzers.rule import Problem, rule


@rule
def check(program: Program) -> Iterator[Problem]:
    for shutdown in program.shutdowns:
        if shutdown.is_awaited is False and not shutdown.waits_in_vain and not _serve_waits(shutdown):
            serving = _serving(program, shutdown)
            yield Problem(
                shutdown.at,
                values={
                    "server": shutdown.receiver or "the server",
                    "partner": serving.at if serving else "",
                },
                related=(Related(serving.at, "returns as soon as Shutdown begins"),) if serving else (),
                evidence=f"{shutdown.receiver} not awaited",
                case=_case(serving),
            )


def _serve_waits(shutdown: Shutdown) -> bool:
    """gRPC's Serve returns only when a GracefulStop is over."""
    return shutdown.server == GRPC_SERVER


def _serving(program: Program, shutdown: Shutdown) -> Serving | None:
    """The call that serves with the same variable, in the same file."""
    named = (
        serving
        for serving in program.servings
        if serving.receiver == shutdown.receiver and serving.at.path == shutdown.at.path
    )
    return next(named, None)


def _case(serving: Serving | None) -> str:
    if serving is None:
        return "apart"
    return "fatal" if serving.fatal else ""
