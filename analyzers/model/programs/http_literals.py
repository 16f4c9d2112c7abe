"""The `http.Server` literal behind a name, with its address and its handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzers.model.programs.bindings import Bindings
from analyzers.model.programs.code import Code
from analyzers.model.programs.origins import find_origin, is_own
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.go.expression import dotted, unwrapped

HTTP_SERVER = "net/http.Server"


def find_server(
    code: Code, site: Site[Call], receiver: Expression, kind: str = HTTP_SERVER
) -> Site[Literal] | None:
    """The literal of a type behind a receiver: itself, the one of that name, or the only one there is."""
    origin = find_origin(code, site.of(receiver))
    if origin and origin != kind and not is_own(code, origin):
        return None
    inline = unwrapped(receiver)
    servers = list(code.literals(kind))
    name = dotted(receiver)
    fields = _given_to_field(code, site.of(receiver))
    tests: tuple[Callable[[Site[Literal]], bool], ...] = (
        lambda server: server.path == site.path and server.node.start == inline.start,
        lambda server: server.function is site.function and name in server.node.names,
        lambda server: (server.path, server.node.start) in fields,
        lambda server: server.package is site.package and _last(name) in map(_last, server.node.names),
        lambda server: True,
    )
    for test in tests:
        matching = [server for server in servers if test(server)]
        if matching:
            return matching[0] if len(matching) == 1 else None
    return None


def field_of(code: Code, server: Site[Literal], name: str) -> Site[Expression] | None:
    """What the literal, or an assignment in the same function, gives a field; None where nothing does.

    Raises LookupError where something elsewhere may.
    """
    written = server.node.expression.field(name)
    if written is not None:
        return server.of(written)
    entries = code.assignments.get(name, ())
    later = [entry for entry in entries if entry.function is server.function]
    if not later and entries:
        raise LookupError(name)
    if not later:
        return None
    value = later[0].node.value_of(0)
    if value is None:
        raise LookupError(name)
    return later[0].of(value)


def overrides_of(code: Code, server: Site[Literal], name: str) -> Iterator[Site[Expression] | None]:
    """What other functions of the package give a field of a server: options. None where it cannot be told."""
    for entry in code.assignments.get(name, ()):
        if entry.function is server.function or entry.package is not server.package:
            continue
        for index, target in enumerate(entry.node.targets):
            if target.kind == "selector" and target.text == name:
                kind = code.types.of(entry.of(target.parts[0]))
                value = entry.node.value_of(index)
                if kind == server.node.type:
                    yield entry.of(value) if value is not None else None


def _given_to_field(code: Code, receiver: Site[Expression]) -> frozenset[tuple[str, int]]:
    """Where the values stand that a struct's field is given, for a receiver that is one: `s.http`."""
    node = receiver.node
    kind = code.types.of(receiver.of(node.parts[0])) if node.kind == "selector" else ""
    if not code.types.is_own(kind):
        return frozenset()
    given = [entry.value for entry in Bindings(code).field(_last(kind), node.text)]
    return frozenset((value.path, unwrapped(value.node).start) for value in given if value is not None)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
