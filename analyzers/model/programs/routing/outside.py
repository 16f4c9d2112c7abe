"""Whether a program hands its routers to libraries, which may register more routes."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.dialects import (
    CONSTRUCTOR_NAMES,
    DIALECTS,
    dialect_of_constructor,
    dialect_of_type,
)
from analyzers.model.programs.routing.registrations import Registration
from analyzers.model.programs.routing.routers import Routers
from analyzers.parsers.go import Call, Function

_HARMLESS = (
    *(dialect.package for dialect in DIALECTS if dialect.name != "grpc-gateway"),
    "net/http/httptest.",
    "context.",
    "fmt.",
    "log.",
    "github.com/gorilla/handlers",
    "github.com/justinas/",
    "github.com/klauspost/compress",
    "github.com/NYTimes/gziphandler",
    "github.com/rs/cors",
    "github.com/urfave/negroni",
    "go.opentelemetry.io/contrib/instrumentation",
    "golang.org/x/net/http2",
)
"""Libraries that serve or wrap a router, and add nothing to it."""
_VALUES = ("name", "selector", "unary")


def is_handed_out(code: Code, routers: Routers, registrations: Sequence[Registration]) -> bool:
    """Any call of a library, or of generated code, that gets a router."""
    touched = {id(registration.site.function) for registration in registrations}
    return any(
        id(function) in touched or _knows_routers(function) for _, _, function in code.reached
    ) and any(
        _gets_router(code, routers, Site(*entry, call))
        for entry in code.reached
        if id(entry[2]) in touched or _knows_routers(entry[2])
        for call in entry[2].calls
    )


def _knows_routers(function: Function) -> bool:
    """It makes a router, or takes one."""
    takes = (parameter.type.lstrip("*") for parameter in function.parameters)
    if any(dialect_of_type(unversioned(kind)) for kind in takes if "." in kind):
        return True
    calls = () if function.names.isdisjoint(CONSTRUCTOR_NAMES) else function.calls
    return any(dialect_of_constructor(unversioned(call.callee)) for call in calls if call.package)


def _gets_router(code: Code, routers: Routers, site: Site[Call]) -> bool:
    given = [argument for argument in site.node.arguments if argument.kind in _VALUES]
    return (
        bool(given)
        and not _is_harmless(code, site)
        and any(routers.at(site.of(argument)) for argument in given)
    )


def _is_harmless(code: Code, site: Site[Call]) -> bool:
    """Code that can be read, and libraries known to add no routes."""
    if code.called(site):
        return True
    call = site.node
    if call.package:
        return call.callee.startswith(_HARMLESS)
    receiver = call.receiver
    if receiver is None:
        return call.callee in ("append", "panic", "len", "close", "new")
    return code.types.of(site.of(receiver)).startswith(_HARMLESS)
