"""The net/http servers of a program, and whether they limit how long a request may take to arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.foreign_takers import find_foreign_takers
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Address, parse_address
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

_HELPERS = {
    "net/http.ListenAndServe": ("Addr", "Handler"),
    "net/http.ListenAndServeTLS": ("Addr", "", "", "Handler"),
    "net/http.Serve": ("", "Handler"),
    "net/http.ServeTLS": ("", "Handler", "", ""),
}
"""What each argument would be as a field of the server; the others stay arguments."""
_SERVER = "net/http.Server"
_LIMITS = ("ReadHeaderTimeout", "ReadTimeout")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_STREAMS = (
    "golang.org/x/net/http2/h2c",
    "github.com/gorilla/websocket",
    "github.com/coder/websocket",
    "nhooyr.io/websocket",
)
_EVENT_STREAM = b"text/event-stream"
_MOST_SERVERS = 200
_SOCKET = re.compile(r"unix|uds|sock(?:et)?", re.I)


@light_value
class ServeHelper:
    """A call that serves without a server of its own: `http.ListenAndServe`."""

    site: Site[Call]

    @property
    def fields(self) -> list[tuple[str, Expression]]:
        """The fields that a server in its place has."""
        roles = zip(_HELPERS[self.site.node.callee], self.site.node.arguments, strict=False)
        return [(field, value) for field, value in roles if field and not value.is_nil]

    @property
    def arguments(self) -> list[str]:
        """What is left for the server's own method."""
        roles = zip(_HELPERS[self.site.node.callee], self.site.node.arguments, strict=False)
        return [self.site.file.text(value) for field, value in roles if not field]


@light_value
class EndlessServer:
    """An `http.Server` literal; `name` is the variable that holds it, where there is one."""

    site: Site[Literal]

    @property
    def name(self) -> str:
        return next(iter(self.site.node.names), "")


def find_endless_helpers(code: Code) -> Iterator[ServeHelper]:
    """The package's own functions, whose server has no limit at all, where others can reach it."""
    values = Values(code)
    for site in islice(code.calls(*_HELPERS), _MOST_SERVERS):
        fields = dict(zip(_HELPERS[site.node.callee], site.node.arguments, strict=False))
        if not _is_local(code, values, site, fields.get("Addr")) and not streams(site):
            yield ServeHelper(site)


def find_endless_servers(code: Code) -> Iterator[EndlessServer]:
    """`http.Server` literals without ReadHeaderTimeout and ReadTimeout, which nothing sets later."""
    values = Values(code)
    servers = list(islice(code.literals(_SERVER), _MOST_SERVERS))
    for site in servers:
        literal = site.node.expression
        is_limited = any(literal.field(name) for name in _LIMITS) or _is_positional(literal)
        if is_limited or _is_limited_later(code, site, servers) or _is_completed(code, site):
            continue
        if not _is_local(code, values, site, literal.field("Addr")) and not streams(site):
            yield EndlessServer(site)


def _is_positional(literal: Expression) -> bool:
    return any(part.kind != "keyed" for part in literal.parts)


def _is_limited_later(code: Code, site: Site[Literal], servers: list[Site[Literal]]) -> bool:
    """An assignment in the package counts, unless another server of the same function bears its name."""
    others = {name for server in servers if server.function is site.function for name in server.node.names}
    others.difference_update(site.node.names)
    return any(
        entry.package is site.package
        and not (entry.function is site.function and dotted(target.parts[0]) in others)
        for name in _LIMITS
        for entry in code.assignments.get(name, ())
        for target in entry.node.targets
        if target.kind == "selector" and target.text == name
    )


def _is_completed(code: Code, site: Site[Literal]) -> bool:
    """Another module's function gets it and gives back what is served."""
    return any(call.names for call in find_foreign_takers(code, site))


def _is_local(
    code: Code, values: Values, site: Site[Call] | Site[Literal], address: Expression | None
) -> bool:
    """Only processes of the same pod can connect. A server without an address has the package's listeners."""
    if address is None and _is_on_socket(code, site):
        return True
    addresses = [site.of(address)] if address else list(_listeners(code, site))
    found = [parse_address(values.text(each)) for each in addresses]
    if found and all(each.host in _LOOPBACK for each in found):
        return True
    return bool(found) and "pprof" in site.path + site.file.text(site.node) and not _is_fixed(found[0])


def _is_on_socket(code: Code, site: Site[Call] | Site[Literal]) -> bool:
    """Every listener that the package serves with a server of this name is a Unix socket by its own name."""
    if isinstance(site.node, Call):
        listeners = [site.node.arguments[0]] if site.node.arguments else []
    else:
        names = {name.rpartition(".")[2] for name in site.node.names}
        calls = (call for call in code.methods("Serve", "ServeTLS") if call.package is site.package)
        listeners = [
            call.node.arguments[0]
            for call in calls
            if call.node.arguments and not (names and _receiver_of(call.node) not in names)
        ]
    return bool(listeners) and all(_SOCKET.search(dotted(each)[-100:]) for each in listeners)


def _receiver_of(call: Call) -> str:
    return dotted(call.receiver).rpartition(".")[2] if call.receiver is not None else ""


def _listeners(code: Code, site: Site[Call] | Site[Literal]) -> Iterator[Site[Expression]]:
    for call in islice(code.calls("net.Listen"), _MOST_SERVERS):
        if call.package is site.package and len(call.node.arguments) == 2:
            yield call.of(call.node.arguments[1])


def _is_fixed(address: Address) -> bool:
    return address.host is not None and not address.variable and not address.flag


def streams(site: Site[Call] | Site[Literal]) -> bool:
    """The file speaks of long-lived connections."""
    return any(map(site.file.imports_path, _STREAMS)) or _EVENT_STREAM in site.file.source
