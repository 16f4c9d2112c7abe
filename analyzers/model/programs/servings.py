"""The calls that keep a program serving, and what comes after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.exits import surely_ends
from analyzers.model.programs.flow import is_detached, levels, runs_first
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.lifetime import Serving
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, Function, Scope
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.go.file import Placed

HTTP_SERVER = "net/http.Server"
GRPC_SERVER = "google.golang.org/grpc.Server"
_FASTHTTP = "github.com/valyala/fasthttp"
_HTTP_NAMES = ("ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS")
_FUNCTIONS = {
    **{f"net/http.{name}": HTTP_SERVER for name in _HTTP_NAMES},
    **{f"{_FASTHTTP}.{name}": f"{_FASTHTTP}.Server" for name in _HTTP_NAMES},
}
_METHODS: Mapping[str, Sequence[str]] = {
    HTTP_SERVER: _HTTP_NAMES,
    GRPC_SERVER: ("Serve",),
    f"{_FASTHTTP}.Server": _HTTP_NAMES,
    "github.com/gin-gonic/gin.Engine": ("Run", "RunTLS", "RunListener", "RunUnix", "RunFd"),
    "github.com/labstack/echo.Echo": ("Start", "StartTLS", "StartAutoTLS", "StartServer", "StartH2CServer"),
    "github.com/gofiber/fiber.App": ("Listen", "ListenTLS", "Listener"),
    "github.com/kataras/iris.Application": ("Run", "Listen"),
}
ENDING_ITSELF = "github.com/labstack/echo/v5."
"""Servers that stop on a signal, or with their context: https://pkg.go.dev/github.com/labstack/echo/v5#Echo.Start"""
_NAMES = frozenset(name for names in _METHODS.values() for name in names)
_MOST_SERVINGS = 100
"""A program with more is not looked at further."""
_MOST_DEPTH = 4
"""How many calls deep a server may be started."""


class Servings:
    """Finds the serving calls of one program; what it has found is kept."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self._blocking: dict[int, Site[Call] | None] = {}
        self._servers: dict[int, str] = {}
        self._calls: dict[int, Sequence[Site[Call]]] = {}

    @cached_property
    def all(self) -> Sequence[Site[Call]]:
        return list(islice(filter(self.server, self.code.named(_NAMES)), _MOST_SERVINGS))

    def server(self, site: Site[Call]) -> str:
        """The type of the server that a call runs, empty for any other call."""
        call = site.node
        if call.package:
            return _FUNCTIONS.get(call.callee, "")
        if call.method not in _NAMES:
            return ""
        if id(call) not in self._servers:
            self._servers[id(call)] = self._of_method(site)
        return self._servers[id(call)]

    def _of_method(self, site: Site[Call]) -> str:
        call, types = site.node, self.code.types
        receiver = call.receiver
        if receiver is None:
            return ""
        versioned = types.of(site.of(receiver))
        if versioned.startswith(ENDING_ITSELF):
            return ""
        kind = unversioned(versioned)
        if not kind:
            is_plain = call.method.startswith("ListenAndServe") and len(call.arguments) in (0, 2)
            return HTTP_SERVER if is_plain and not self.code.function(site) else ""
        if types.embeds(kind, HTTP_SERVER) and not self.code.function(site):
            kind = HTTP_SERVER
        return kind if call.method in _METHODS.get(kind, ()) else ""

    def before(self, site: Site[Placed], scope: Scope) -> Site[Call] | None:
        """The serving call that must end before control gets to a place, in its function or a caller's."""
        return self._before(site, scope, 0)

    def _before(self, site: Site[Placed], scope: Scope, depth: int) -> Site[Call] | None:
        inside = self._inside(site, scope, site.node.start)
        if inside is not None or depth >= _MOST_DEPTH or site.function.name in ("main", "init", ""):
            return inside
        callers = self.code.callers(site)
        found = [self._before(caller, caller.node.scope, depth + 1) for caller in callers[:2]]
        return found[0] if len(callers) == 1 else None

    def _inside(self, site: Site[Placed], scope: Scope, start: int) -> Site[Call] | None:
        for around, place in levels(scope, start):
            for call in self._blocking_calls(site):
                if runs_first(call.node, around, place):
                    return call
        return None

    def _blocking_calls(self, site: Site[Placed]) -> Sequence[Site[Call]]:
        """The calls of a function that serve."""
        known = self._calls.get(id(site.function))
        if known is None:
            calls = (site.of(call) for call in site.function.calls)
            found = (call for call in calls if not is_detached(call.node.scope) and self._blocks(call, 0))
            known = self._calls[id(site.function)] = list(islice(found, _MOST_SERVINGS))
        return known

    def in_callable(self, function: Site[Function], scope: Scope) -> Sequence[Site[Call]]:
        """The serving calls that a function (literal) waits for itself."""
        return [call for call in self._blocking_calls(function) if call.node.scope.callable is scope.callable]

    def _blocks(self, site: Site[Call], depth: int) -> bool:
        """Whether a call serves, itself or in a function that does nothing else."""
        if self.server(site):
            return True
        function = self.code.function(site)
        if function is None or depth >= _MOST_DEPTH:
            return False
        key = id(function.node)
        if key not in self._blocking:
            self._blocking[key] = None
            self._blocking[key] = next(self._always(function, depth), None)
        return self._blocking[key] is not None

    def _always(self, function: Site[Function], depth: int) -> Iterator[Site[Call]]:
        """The serving calls that a function makes whatever happens, in its own goroutine."""
        for call in function.node.calls:
            if call.scope.kind == "function" and self._blocks(function.of(call), depth + 1):
                yield function.of(call)


def find_servings(servings: Servings) -> tuple[Serving, ...]:
    """Every call that serves, with what becomes of its error."""
    found = (_serving(servings.code, site, servings.server(site)) for site in servings.all)
    return tuple(sorted(found, key=lambda serving: serving.at))


def _serving(code: Code, site: Site[Call], server: str) -> Serving:
    receiver = dotted(site.node.receiver) if site.node.receiver else ""
    return Serving(site.at, server, site.node.in_goroutine, _fatal(code, site), receiver)


def _fatal(code: Code, site: Site[Call]) -> Location | None:
    """Where the error of a call ends the process, unless the function knows `ErrServerClosed`."""
    if "ErrServerClosed" in site.function.names:
        return None
    exits = (
        call for call in site.function.calls if call.callee == "panic" or surely_ends(code, site.of(call))
    )
    exit_call = next((call for call in exits if _takes(call, site.node)), None)
    return site.locate(exit_call) if exit_call else None


def _takes(exit_call: Call, serving: Call) -> bool:
    """`log.Fatal(server.Serve())`, or `err := server.Serve()` and then `log.Fatal(err)`."""
    if exit_call.start < serving.start:
        return any(
            part.start == serving.start for argument in exit_call.arguments for part in argument.walk()
        )
    is_after = exit_call.start >= serving.end and exit_call.scope.callable is serving.scope.callable
    if not is_after or not serving.names:
        return False
    error = serving.names[-1]
    branch = exit_call.scope.within("if")
    tested = branch.condition if branch is not None and branch.start >= serving.end else None
    if tested is not None and not _asks_for_any(tested, error):
        return False
    said = (*exit_call.arguments, *((tested,) if tested else ()))
    return any(part.kind == "name" and part.text == error for each in said for part in each.walk())


def _asks_for_any(condition: Expression, error: str) -> bool:
    """`err != nil` alone; what asks for more may know which error it is."""
    return (
        condition.kind == "binary"
        and condition.text == "!="
        and condition.parts[1].is_nil
        and dotted(condition.parts[0]) == error
    )
