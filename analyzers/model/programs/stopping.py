"""How a program stops its servers, and how long it waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analyzers.model.program import Shutdown
from analyzers.model.programs.origins import embeds, find_origin
from analyzers.model.programs.package import Code, Site
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import dotted

_SERVERS = (
    "net/http.Server",
    "github.com/labstack/echo",
    "github.com/gofiber/fiber",
    "github.com/valyala/fasthttp.Server",
    "github.com/kataras/iris",
)
_GRPC = "google.golang.org/grpc"
_SERVER_WORDS = ("srv", "server", "http", "app", "api", "echo")
_ENDLESS = ("context.Background", "context.TODO")
_BOUNDED = ("context.WithTimeout", "context.WithTimeoutCause")
_TIMERS = {"time.After": 0, "time.AfterFunc": 0, "time.NewTimer": 0, **dict.fromkeys(_BOUNDED, 1)}
"""Which argument says how long."""
_METHODS = ("Shutdown", "ShutdownWithContext", "ShutdownWithTimeout")
_UNKNOWN = Duration(None)
_MOST_STEPS = 6
_MOST_CALLERS = 4
_MOST_CALLS = 200
"""A program with more of a kind is not looked at further."""


def find_shutdowns(code: Code) -> tuple[Shutdown, ...]:
    """Every call that stops a server and waits for what it still has to do, in reading order."""
    values = Values(code)
    found = [*_shutdowns(code, values), *_graceful_stops(code, values)]
    return tuple(sorted(found, key=lambda shutdown: shutdown.at))


def _shutdowns(code: Code, values: Values) -> Iterator[Shutdown]:
    for site in islice(code.methods(*_METHODS), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is None or not _is_server(code, site, receiver):
            continue
        arguments = site.node.arguments
        if not arguments:
            yield Shutdown(site.at, 0)
        elif site.node.method == "ShutdownWithTimeout":
            yield _shutdown(site, values.duration(site.of(arguments[0])))
        else:
            yield _shutdown(site, _deadline(code, values, site.of(arguments[0])))


def _is_server(code: Code, site: Site[Call], receiver: Expression) -> bool:
    origin = find_origin(code, site.of(receiver))
    if origin:
        return origin.startswith(_SERVERS) or embeds(code, origin, "net/http.Server")
    name = dotted(receiver).rpartition(".")[2].lower()
    return len(site.node.arguments) == 1 and any(word in name for word in _SERVER_WORDS)


def _graceful_stops(code: Code, values: Values) -> Iterator[Shutdown]:
    """gRPC's GracefulStop waits for ever, unless a timer calls Stop."""
    for site in islice(code.methods("GracefulStop"), _MOST_CALLS):
        receiver = site.node.receiver
        origin = find_origin(code, site.of(receiver)) if receiver else "?"
        if origin and not origin.startswith(_GRPC):
            continue
        calls = site.function.calls
        has_stop = any(call.method == "Stop" for call in calls) or any(
            part.kind == "selector" and part.text == "Stop" for call in calls for part in call.arguments
        )
        timers = [
            call.arguments[_TIMERS[call.callee]]
            for call in calls
            if call.callee in _TIMERS and len(call.arguments) > _TIMERS[call.callee]
        ]
        is_told = has_stop and len(timers) == 1
        yield _shutdown(site, values.duration(site.of(timers[0])) if is_told else _UNKNOWN)


def _shutdown(site: Site[Call], deadline: Duration) -> Shutdown:
    return Shutdown(site.at, deadline.seconds, deadline.variable, deadline.flag)


def _deadline(code: Code, values: Values, context: Site[Expression], steps: int = 0) -> Duration:
    """How long until a context ends: 0 where it never does."""
    if steps > _MOST_STEPS:
        return _UNKNOWN
    expression = context.node
    if expression.kind == "call":
        return _deadline_of_call(values, context)
    if expression.kind != "name":
        return _UNKNOWN
    for assignment in reversed(context.function.assignments):
        if assignment.start < expression.start and expression.text in map(dotted, assignment.targets[:1]):
            value = assignment.values[0] if assignment.values else None
            return _UNKNOWN if value is None else _deadline(code, values, context.of(value), steps + 1)
    return _deadline_from_callers(code, values, context, steps)


def _deadline_of_call(values: Values, context: Site[Expression]) -> Duration:
    call = context.node
    if call.text in _ENDLESS:
        return Duration(0)
    if call.text in _BOUNDED and len(call.arguments) >= 2:
        return values.duration(context.of(call.arguments[1]))
    if call.text == "context.WithDeadline" and len(call.arguments) == 2:
        moment = call.arguments[1]
        is_from_now = moment.kind == "call" and moment.text.endswith(".Add") and len(moment.arguments) == 1
        return values.duration(context.of(moment.arguments[0])) if is_from_now else _UNKNOWN
    return _UNKNOWN


def _deadline_from_callers(code: Code, values: Values, context: Site[Expression], steps: int) -> Duration:
    """What the callers hand over, where they agree."""
    names = [parameter.name for parameter in context.function.parameters]
    if context.node.text not in names:
        return _UNKNOWN
    index = names.index(context.node.text)
    callers = code.callers(context)
    if len(callers) > _MOST_CALLERS:
        return _UNKNOWN
    found = {
        _deadline(code, values, caller.of(caller.node.arguments[index]), steps + 1)
        for caller in callers
        if index < len(caller.node.arguments)
    }
    return found.pop() if len(found) == 1 else _UNKNOWN
