"""How a program stops its servers, how long it waits for them, and whether it gets to it at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from analyzers.finding import Location
from analyzers.model.program import Shutdown
from analyzers.model.programs.awaiting import is_awaited
from analyzers.model.programs.code import Code
from analyzers.model.programs.contexts import has_ended, never_ends, waited_contexts
from analyzers.model.programs.deadlines import UNKNOWN, find_deadline
from analyzers.model.programs.flow import is_on_error
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.lifetime import HardStop
from analyzers.model.programs.package import Site
from analyzers.model.programs.servings import GRPC_SERVER, HTTP_SERVER, Servings
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import dotted

_SERVERS = (
    HTTP_SERVER,
    "github.com/labstack/echo",
    "github.com/gofiber/fiber",
    "github.com/valyala/fasthttp.Server",
    "github.com/kataras/iris",
)
_SERVER_WORDS = ("srv", "server", "http", "app", "api", "echo")
_TIMERS = {
    "time.After": 0,
    "time.AfterFunc": 0,
    "time.NewTimer": 0,
    "context.WithTimeout": 1,
    "context.WithTimeoutCause": 1,
}
"""Which argument says how long."""
_ALARMS = ("time.After", "time.AfterFunc", "time.NewTimer")
"""They may end the wait where no context does."""
_METHODS = ("Shutdown", "ShutdownWithContext", "ShutdownWithTimeout")
_MOST_CALLS = 200
"""A program with more of a kind is not looked at further."""


def find_shutdowns(code: Code, servings: Servings) -> tuple[Shutdown, ...]:
    """Every call that stops a server and waits for what it still has to do, in reading order."""
    values = Values(code)
    found = [*_shutdowns(code, values), *_graceful_stops(code, values)]
    whole = (_placed(code, servings, site, shutdown) for site, shutdown in found)
    return tuple(sorted(whole, key=lambda shutdown: shutdown.at))


def _shutdowns(code: Code, values: Values) -> Iterator[tuple[Site[Call], Shutdown]]:
    for site in islice(code.methods(*_METHODS), _MOST_CALLS):
        receiver = site.node.receiver
        server = _server(code, site, receiver) if receiver is not None else ""
        if receiver is None or not server:
            continue
        shutdown = Shutdown(site.at, 0, server=server, receiver=dotted(receiver))
        arguments = site.node.arguments
        if not arguments:
            yield site, shutdown
        elif site.node.method == "ShutdownWithTimeout":
            yield site, _bounded(shutdown, values.duration(site.of(arguments[0])))
        else:
            context = site.of(arguments[0])
            bounded = _bounded(shutdown, find_deadline(code, values, context))
            if bounded.seconds == 0 and any(call.callee in _ALARMS for call in site.function.calls):
                bounded = replace(bounded, seconds=None)
            yield site, replace(bounded, context_has_ended=has_ended(code, context, site))


def _server(code: Code, site: Site[Call], receiver: Expression) -> str:
    """The type of the server that is shut down; `?` where only its name says that it is one."""
    kind = unversioned(code.types.of(site.of(receiver)))
    if code.types.embeds(kind, HTTP_SERVER) and not code.function(site):
        return HTTP_SERVER
    if kind:
        return kind if kind.startswith(_SERVERS) else ""
    name = dotted(receiver).rpartition(".")[2].lower()
    is_server = len(site.node.arguments) == 1 and any(word in name for word in _SERVER_WORDS)
    return "?" if is_server else ""


def _graceful_stops(code: Code, values: Values) -> Iterator[tuple[Site[Call], Shutdown]]:
    """gRPC's GracefulStop waits for ever, unless a timer calls Stop."""
    for site in islice(code.methods("GracefulStop"), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is None or not _is_grpc(code, site, receiver):
            continue
        timers = [
            call.arguments[_TIMERS[call.callee]]
            for call in site.function.calls
            if call.callee in _TIMERS and len(call.arguments) > _TIMERS[call.callee]
        ]
        shutdown = Shutdown(site.at, None, server=GRPC_SERVER, receiver=dotted(receiver))
        stops_hard = _stops_hard(code, site, receiver)
        yield site, _bounded(shutdown, _patience(values, site, timers, stops_hard=stops_hard))


def _patience(
    values: Values, site: Site[Call], timers: Sequence[Expression], *, stops_hard: bool
) -> Duration:
    """How long a timer leaves a graceful stop; 0 where there is no timer."""
    if not timers and not stops_hard:
        return Duration(0)
    return values.duration(site.of(timers[0])) if stops_hard and len(timers) == 1 else UNKNOWN


def _is_grpc(code: Code, site: Site[Call], receiver: Expression, *, guess: bool = True) -> bool:
    kind = unversioned(code.types.of(site.of(receiver)))
    return kind == GRPC_SERVER or (not kind and guess)


def _stops_hard(code: Code, site: Site[Call], server: Expression) -> bool:
    """Whether the same function calls the server's `Stop`, or hands it to a timer: tickers have one too."""
    calls = site.function.calls
    stopped = [call.receiver for call in calls if call.method == "Stop"]
    stopped += [
        part.parts[0]
        for call in calls
        for part in call.arguments
        if part.kind == "selector" and part.text == "Stop" and part.parts
    ]
    return any(
        each is not None and (dotted(each) == dotted(server) or _is_grpc(code, site, each, guess=False))
        for each in stopped
    )


def _bounded(shutdown: Shutdown, deadline: Duration) -> Shutdown:
    return replace(shutdown, seconds=deadline.seconds, variable=deadline.variable, flag=deadline.flag)


def _placed(code: Code, servings: Servings, site: Site[Call], shutdown: Shutdown) -> Shutdown:
    """The same with what its place in the program says."""
    blocking = servings.before(site, site.node.scope)
    return replace(
        shutdown,
        is_deferred=site.node.is_deferred,
        is_awaited=None if blocking else is_awaited(code, servings, site),
        blocked_by=blocking.at if blocking else None,
        waits_in_vain=_waits_in_vain(code, servings, site),
    )


def _waits_in_vain(code: Code, servings: Servings, site: Site[Call]) -> Location | None:
    """Where a shutdown waits for a context that nothing ends."""
    waited = waited_contexts(code, site, site.node.scope)
    return next((context.at for context in waited if never_ends(code, servings, context)), None)


def find_hard_stops(code: Code, servings: Servings) -> tuple[HardStop, ...]:
    """Every `Stop` of a gRPC server."""
    found = (
        _hard_stop(servings, site)
        for site in islice(code.methods("Stop"), _MOST_CALLS)
        if site.node.receiver is not None and _is_grpc(code, site, site.node.receiver, guess=False)
    )
    return tuple(sorted(found, key=lambda stop: stop.at))


def _hard_stop(servings: Servings, site: Site[Call]) -> HardStop:
    blocking = servings.before(site, site.node.scope)
    return HardStop(
        at=site.at,
        is_fallback=any(call.method == "GracefulStop" for call in site.function.calls),
        receiver=dotted(site.node.receiver) if site.node.receiver else "",
        is_on_error=is_on_error(site.node.scope),
        blocked_by=blocking.at if blocking else None,
    )
