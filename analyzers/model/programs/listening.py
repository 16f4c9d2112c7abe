"""The addresses a program listens on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from analyzers.model.program import Listen
from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.programs.origins import embeds, find_origin, is_own
from analyzers.model.programs.package import Code, Site
from analyzers.model.programs.text import UNKNOWN, Address, Text, parse_address
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Assignment, Call, Expression, Literal
from analyzers.parsers.go.expression import dotted, unwrapped

_FUNCTIONS = {
    "net/http.ListenAndServe": (0, "http"),
    "net/http.ListenAndServeTLS": (0, "http"),
    "github.com/valyala/fasthttp.ListenAndServe": (0, "http"),
    "github.com/valyala/fasthttp.ListenAndServeTLS": (0, "http"),
    "net.Listen": (1, "tcp"),
    "crypto/tls.Listen": (1, "tcp"),
    "net.ListenPacket": (1, "udp"),
}
"""Which argument holds the address."""
_FRAMEWORKS = {
    "github.com/gin-gonic/gin.": ("Run", "RunTLS"),
    "github.com/labstack/echo": ("Start", "StartTLS", "StartH2CServer"),
    "github.com/gofiber/fiber": ("Listen", "ListenTLS"),
    "github.com/valyala/fasthttp.Server": ("ListenAndServe", "ListenAndServeTLS"),
}
"""By the beginning of the receiver's origin: the methods whose first argument is the address."""
_FRAMEWORK_METHODS = sorted({method for methods in _FRAMEWORKS.values() for method in methods})
_HTTP_SERVER = "net/http.Server"
_MOST_CALLS = 200
"""A program with more of a kind is not looked at further."""
_GIN_DEFAULT = Address("", 8080, "PORT")
"""What gin's `Run()` listens on without an argument."""


@dataclass(frozen=True)
class Listening:
    listens: tuple[Listen, ...]
    are_known: bool


def find_listens(code: Code) -> Listening:
    """All listens that can be seen. Known only where each has a port and no framework hides others."""
    values = Values(code)
    found = [
        *_by_function(code, values),
        *_by_server(code, values),
        *_by_framework(code, values),
    ]
    unique = {listen.at: listen for listen in found}
    listens = tuple(sorted(unique.values(), key=lambda listen: listen.at))
    all_resolved = all(listen.port is not None or listen.variable or listen.flag for listen in listens)
    return Listening(listens, bool(listens) and all_resolved and not hides_listening(code))


def _listen(site: Site[Call], address: Address, protocol: str) -> Listen:
    return Listen(site.at, address.port, address.host, address.variable, protocol, address.flag)


def _by_function(code: Code, values: Values) -> Iterator[Listen]:
    for site in islice(code.calls(*_FUNCTIONS), _MOST_CALLS):
        index, protocol = _FUNCTIONS[site.node.callee]
        arguments = site.node.arguments
        if index >= len(arguments):
            continue
        if index and (values.constant(site.of(arguments[0])) or "").startswith("unix"):
            continue
        address = parse_address(values.text(site.of(arguments[index])))
        if address.port != 0:
            yield _listen(site, address, _protocol(code, site) if protocol == "tcp" else protocol)


def _protocol(code: Code, site: Site[Call]) -> str:
    """By what serves the listener, else by what the file imports."""
    for call in site.function.calls:
        if call.method == "Serve" and call.arguments and dotted(call.arguments[0]) in site.node.names[:1]:
            receiver = call.receiver
            origin = find_origin(code, site.of(receiver)) if receiver else call.callee
            if origin.startswith(("google.golang.org/grpc", "net/http")):
                return "grpc" if origin.startswith("google") else "http"
    return "grpc" if site.file.imports_path("google.golang.org/grpc") else "tcp"


def _by_server(code: Code, values: Values) -> Iterator[Listen]:
    """`srv.ListenAndServe()` on an `http.Server`."""
    for site in islice(code.methods("ListenAndServe", "ListenAndServeTLS"), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is None or len(site.node.arguments) not in (0, 2):
            continue
        origin = find_origin(code, site.of(receiver))
        if is_own(code, origin) and not embeds(code, origin, _HTTP_SERVER):
            continue
        address = _server_address(code, values, site, receiver)
        default = 443 if site.node.method.endswith("TLS") else 80
        yield _listen(site, Address("", default) if address is None else parse_address(address), "http")


def _server_address(code: Code, values: Values, site: Site[Call], receiver: Expression) -> Text | None:
    """The server's `Addr`; None where it has none."""
    origin = find_origin(code, site.of(receiver))
    server = (
        find_server(code, site, receiver)
        if not origin or is_own(code, origin) or origin == _HTTP_SERVER
        else None
    )
    if server is None:
        return UNKNOWN
    written = server.node.expression.field("Addr")
    if written is not None:
        return values.text(server.of(written))
    later = [entry for entry in code.assignments.get("Addr", ()) if entry.function is server.function]
    return _assigned(values, later[0]) if later else (UNKNOWN if code.assignments.get("Addr") else None)


def _assigned(values: Values, entry: Site[Assignment]) -> Text:
    value = entry.node.value_of(0)
    return UNKNOWN if value is None else values.text(entry.of(value))


def find_server(code: Code, site: Site[Call], receiver: Expression) -> Site[Literal] | None:
    """The `http.Server` literal behind a receiver: itself, the one of that name, or the only one there is."""
    inline = unwrapped(receiver)
    servers = list(code.literals(_HTTP_SERVER))
    name = dotted(receiver)
    tests: tuple[Callable[[Site[Literal]], bool], ...] = (
        lambda server: server.path == site.path and server.node.start == inline.start,
        lambda server: server.function is site.function and name in server.node.names,
        lambda server: server.package is site.package and _last(name) in map(_last, server.node.names),
        lambda server: True,
    )
    for test in tests:
        matching = [server for server in servers if test(server)]
        if matching:
            return matching[0] if len(matching) == 1 else None
    return None


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _by_framework(code: Code, values: Values) -> Iterator[Listen]:
    for site in islice(code.methods(*_FRAMEWORK_METHODS), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is None:
            continue
        origin = find_origin(code, site.of(receiver))
        if not any(
            origin.startswith(prefix) and site.node.method in names for prefix, names in _FRAMEWORKS.items()
        ):
            continue
        arguments = site.node.arguments
        if arguments:
            yield _listen(site, parse_address(values.text(site.of(arguments[0]))), "http")
        elif "gin" in origin:
            yield _listen(site, _GIN_DEFAULT, "http")
