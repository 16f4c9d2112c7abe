"""Which routers each server of a program serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzers.finding import Location
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.handlers import Handlers
from analyzers.model.programs.routing.places import DEFAULT_ROOT, Root
from analyzers.parsers.go import Expression
from analyzers.parsers.light import light_record


@light_record
class ServedBy:
    """The handler of a listen: an expression, none at all (`http.DefaultServeMux`), or not to be told."""

    handler: Site[Expression] | None = None
    is_known: bool = True
    is_http: bool = True


def find_served(
    handlers: Handlers, listens: Mapping[Location, ServedBy]
) -> Mapping[Location, Sequence[Root] | None]:
    """By listen: its routers, None where they cannot be told. What speaks no HTTP has none."""
    return {at: _roots(handlers, served) for at, served in listens.items()}


def _roots(handlers: Handlers, served: ServedBy) -> Sequence[Root] | None:
    if not served.is_http:
        return ()
    if not served.is_known:
        return None
    if served.handler is None or served.handler.node.is_nil:
        return [DEFAULT_ROOT]
    found = handlers.routers(served.handler)
    roots = [inner.place.root for inner in found if inner.place.root is not None]
    return roots if found and len(roots) == len(found) else None
