from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.go_shutdown import except_closed
from analyzers.model.program import Program, Shutdown
from analyzers.model.programs.flow import waits_between
from analyzers.model.programs.lifetime import Serving
from analyzers.model.programs.servings import HTTP_SERVER
from analyzers.rule import Problem, rule

_SERVERS = (HTTP_SERVER, "github.com/labstack/echo.Echo")
"""Those whose serving calls return http.ErrServerClosed after Shutdown."""


@rule
def check(program: Program) -> Iterator[Problem]:
    for serving in program.servings:
        shutdown = _shutdown(program, serving) if serving.fatal and serving.server in _SERVERS else None
        if serving.fatal and shutdown:
            site, end = program.code.call_at(serving.at), program.code.call_at(serving.fatal)
            yield Problem(
                serving.fatal,
                values={
                    "call": end.file.text(end.node.function) if end else "log.Fatal",
                    "partner": shutdown.at,
                },
                related=(Related(shutdown.at, "makes the serving call return http.ErrServerClosed"),),
                fix=except_closed(site, end) if site and end else None,
                evidence=f"{serving.receiver} closed is fatal",
                case="waited" if site and end and waits_between(end.function, site.node, end.node) else "",
            )


def _shutdown(program: Program, serving: Serving) -> Shutdown | None:
    """The one that stops this server: by the name of its variable, or of its field."""
    holder, _, name = serving.receiver.rpartition(".")
    return next(
        (
            shutdown
            for shutdown in program.shutdowns
            if name
            and shutdown.receiver.rpartition(".")[2] == name
            and ("." in shutdown.receiver) == bool(holder)
            and shutdown.server in (serving.server, "?")
            and not shutdown.blocked_by
            and not shutdown.waits_in_vain
        ),
        None,
    )
