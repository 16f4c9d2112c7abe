"""Routes that go-zero takes as a list: `server.AddRoutes([]rest.Route{…}, rest.WithPrefix("/v1"))`.

https://go-zero.dev/en/docs/tutorials/http/server/prefix
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.paths import joined
from analyzers.model.programs.routing.routers import Routers
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_record

_WRAPPERS = ("WithMiddleware", "WithMiddlewares")
"""Functions that give the routes back which follow their first argument."""
_MOST_ROUTES = 2_000
_MOST_STEPS = 4


@light_record
class ListedRoute:
    """`path` has the prefix of the list in front; None where a part of it cannot be known, as with `method`
    and `handler` for a list that is not written out."""

    path: str | None
    method: Site[Expression] | None = None
    handler: Site[Expression] | None = None


def read_list(routers: Routers, site: Site[Call]) -> Iterator[ListedRoute]:
    """The routes of one call of AddRoute or AddRoutes."""
    listed, *options = site.node.arguments
    prefix = _prefix(routers, site, options)
    for item in islice(_items(routers, site.of(listed), 0), _MOST_ROUTES):
        path = _field(item, "Path")
        if path is None:
            yield ListedRoute(None)
        else:
            full = joined(prefix, routers.path(path))
            yield ListedRoute(full, _field(item, "Method"), _field(item, "Handler"))


def _prefix(routers: Routers, site: Site[Call], options: Sequence[Expression]) -> str | None:
    """What WithPrefix says. An option that is no call of the library may say anything."""
    prefix: str | None = ""
    for option in options:
        name = option.text.rpartition(".")[2] if option.kind == "call" else ""
        if name == "WithPrefix" and option.arguments:
            prefix = routers.path(site.of(option.arguments[0]))
        elif not name.startswith("With"):
            return None
    return prefix


def _items(routers: Routers, site: Site[Expression], steps: int) -> Iterator[Site[Expression]]:
    """The routes of a list, of one route alone, or the expression itself where it is neither."""
    node = unwrapped(site.node)
    name = node.text.rpartition(".")[2]
    value = routers.assigned(site.of(node)) if node.kind == "name" and steps < _MOST_STEPS else None
    if value is not None:
        yield from _items(routers, value, steps + 1)
    elif node.kind == "other" and node.text == "..." and steps < _MOST_STEPS:
        yield from _items(routers, site.of(node.parts[0]), steps + 1)
    elif node.kind == "call" and name in _WRAPPERS and steps < _MOST_STEPS:
        for argument in node.arguments[1:]:
            yield from _items(routers, site.of(argument), steps + 1)
    elif node.kind == "composite" and all(unwrapped(part).kind == "composite" for part in node.parts):
        yield from (site.of(unwrapped(part)) for part in node.parts)
    else:
        yield site.of(node)


def _field(item: Site[Expression], name: str) -> Site[Expression] | None:
    value = item.node.field(name) if item.node.kind == "composite" else None
    return item.of(value) if value else None
