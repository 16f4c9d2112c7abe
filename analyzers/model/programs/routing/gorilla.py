"""The chains of gorilla/mux: `router.PathPrefix("/api").Methods("GET").Subrouter()`."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_record

_LINKS = frozenset(
    {"BuildVarsFunc", "Handler", "HandlerFunc", "Headers", "HeadersRegexp", "Host", "MatcherFunc", "Methods"}
    | {"Name", "NewRoute", "Path", "PathPrefix", "Queries", "Schemes", "Subrouter", "Handle", "HandleFunc"}
)
_MOST_LINKS = 20


@light_record
class Chain:
    """What a chain of calls on a router says. The values are the arguments of the last call of that name."""

    router: Site[Expression]
    links: Mapping[str, tuple[Expression, ...]]


def read_chain(site: Site[Expression]) -> Chain | None:
    """The chain that ends with a call; None for a call that is no link of one."""
    links: dict[str, tuple[Expression, ...]] = {}
    expression = unwrapped(site.node)
    for _ in range(_MOST_LINKS):
        callee = expression.parts[0] if expression.kind == "call" else None
        if callee is None or callee.kind != "selector" or callee.text not in _LINKS:
            break
        if callee.text == "Subrouter" and links:
            break
        links.setdefault(callee.text, expression.arguments)
        expression = unwrapped(callee.parts[0])
    return Chain(site.of(expression), links) if links else None


def read_subrouter(site: Site[Call]) -> Chain | None:
    """The chain at whose end `Subrouter()` is called."""
    return read_chain(site.of(site.node.expression)) if site.node.method == "Subrouter" else None
