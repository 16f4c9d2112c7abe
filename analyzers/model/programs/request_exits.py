"""Calls that end the process while it answers a request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.exits import ENDING_NAMES, ends_process, surely_ends
from analyzers.model.programs.package import Site
from analyzers.model.programs.request_logs import answers_request
from analyzers.parsers.go import Call, Function

_ON_PURPOSE = re.compile(r"quit|exit|shut|kill|crash|panic|abort|die|terminate|restart|stop|fatal", re.I)
_EMBEDDED = re.compile(r"Unimplemented\w{1,100}Server\Z")


def find_request_exits(code: Code) -> Iterator[Site[Call]]:
    """Exits in handlers, middleware, interceptors and gRPC methods, but in those that are there to end it."""
    for site in code.named(ENDING_NAMES):
        answers = surely_ends(code, site) and (answers_request(site.node.scope) or _is_rpc(site))
        on_purpose = (
            _is_behind_another(site) or _is_clean(site) or _is_meant(code, site) or _has_recovered(site)
        )
        if answers and not on_purpose:
            yield site


def _is_behind_another(site: Site[Call]) -> bool:
    """An exit in the same block comes first: this one is never reached."""
    return any(
        ends_process(call) and call.scope is site.node.scope and call.end <= site.node.start
        for call in site.function.calls
    )


def _is_clean(site: Site[Call]) -> bool:
    """`os.Exit(0)`: nothing went wrong, somebody wants the program to end."""
    return site.node.method == "Exit" and [each.text for each in site.node.arguments] == ["0"]


def _has_recovered(site: Site[Call]) -> bool:
    """It ends the process where it caught a panic: what went wrong may have left anything behind."""
    return any(
        call.method in ("recover", "Recover") and call.scope.callable is site.node.scope.callable
        for call in site.function.calls
        if call.end <= site.node.start
    )


def _is_rpc(site: Site[Call]) -> bool:
    """A method of a gRPC server, which embeds what the generated code has for methods to come."""
    function = site.function
    struct = site.package.structs.get(function.receiver) if function.receiver else None
    if struct is None or not any(_EMBEDDED.match(field.name[:200]) for field in struct.fields):
        return False
    return _has_rpc_form(function)


def _has_rpc_form(function: Function) -> bool:
    """`(ctx, *Request) (*Response, error)`, or a stream and an error."""
    types = [parameter.type for parameter in function.parameters]
    is_unary = types[:1] == ["context.Context"] and len(types) == 2 and len(function.results) == 2
    is_stream = bool(types) and types[-1].endswith("Server") and len(function.results) == 1
    return function.results[-1:] == ("error",) and (is_unary or is_stream)


def _is_meant(code: Code, site: Site[Call]) -> bool:
    """The name of the function, or the path it is registered under, tells that the program shall end."""
    names = [site.function.name] if site.function.name != "main" else []
    scope = site.node.scope.within("literal")
    taker = code.types.index(site.function).taker(scope) if scope else None
    if taker is not None:
        names += [argument.text for argument in taker.arguments if argument.kind == "string"]
    return any(_ON_PURPOSE.search(name[:200]) for name in names)
