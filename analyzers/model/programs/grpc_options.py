"""The options that a gRPC server or client is made with, also those gathered in a slice first."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

_GRPC = "google.golang.org/grpc"
_OPTION = (f"{_GRPC}.ServerOption", f"{_GRPC}.DialOption")
_MOST_OPTIONS = 500


@light_value
class Options:
    """`found` are calls that make an option. Where `are_known`, there are no others."""

    found: tuple[Site[Expression], ...]
    are_known: bool


def read_options(code: Code, site: Site[Call], start: int) -> Options:
    """The arguments of a call from one on. A slice is followed inside its function alone."""
    written = list(_written(site, start))[:_MOST_OPTIONS]
    found = tuple(each for each in written if each.node.kind == "call")
    return Options(found, len(found) == len(written) and all(_is_grpc(code, each) for each in found))


def _written(site: Site[Call], start: int) -> Iterator[Site[Expression]]:
    for argument in site.node.arguments[start:]:
        if argument.kind == "other" and argument.text == "..." and argument.parts:
            yield from _of_slice(site.of(argument.parts[0]))
        else:
            yield site.of(argument)


def _of_slice(site: Site[Expression]) -> Iterator[Site[Expression]]:
    """The elements of a literal, or of all that is assigned to a variable before the place."""
    if site.node.kind == "composite":
        yield from (site.of(part) for part in site.node.parts)
        return
    name = dotted(site.node)
    given: list[Expression] = []
    for entry in site.function.assignments:
        if entry.start < site.node.start and any(dotted(target) == name for target in entry.targets):
            given += entry.values
    if not name or not given:
        yield site
    for value in given:
        yield from _elements(site.of(value), name)


def _elements(site: Site[Expression], name: str) -> Iterator[Site[Expression]]:
    """What `opts = append(opts, …)`, a literal or `var opts []T` adds to a slice of a name."""
    node = site.node
    if node.kind == "composite":
        yield from (site.of(part) for part in node.parts)
    elif node.kind == "call" and node.text == "append" and dotted(node.arguments[0]) == name:
        yield from (site.of(part) for part in node.arguments[1:])
    elif node.kind != "type" and not (node.kind == "call" and node.text == "make"):
        yield site


def _is_grpc(code: Code, site: Site[Expression]) -> bool:
    """Made by gRPC itself, or by a function of the program: others may hold any option."""
    if site.node.text.startswith(f"{_GRPC}."):
        return True
    call = code.types.index(site.function).call(site.node)
    function = code.function(site.of(call)) if call else None
    return function is not None and function.node.results[:1] in {(kind,) for kind in _OPTION}
