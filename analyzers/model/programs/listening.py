"""The addresses a program listens on, and what handles the requests there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from analyzers.finding import Location
from analyzers.model.program import Listen
from analyzers.model.programs.code import Code
from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.programs.http_literals import HTTP_SERVER, field_of, find_server, overrides_of
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.managers import find_manager_listens
from analyzers.model.programs.origins import embeds, find_origin, is_own
from analyzers.model.programs.package import Site
from analyzers.model.programs.routing.serving import ServedBy
from analyzers.model.programs.text import UNKNOWN, Address, fall_back, parse_address
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Parameter
from analyzers.parsers.go.expression import dotted, unwrapped
from analyzers.parsers.light import light_record

_FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "net/http.ListenAndServe": (0, 1),
    "net/http.ListenAndServeTLS": (0, 3),
    "github.com/valyala/fasthttp.ListenAndServe": (0, 1),
    "github.com/valyala/fasthttp.ListenAndServeTLS": (0, 3),
}
"""Which argument holds the address, and which the handler."""
_LISTENERS = {"net.Listen": "tcp", "crypto/tls.Listen": "tcp", "net.ListenPacket": "udp"}
"""Functions that take a network and an address, with what is spoken where nothing tells."""
_SERVICES = {
    "github.com/dapr/go-sdk/service/grpc.NewService": "grpc",
    "github.com/dapr/go-sdk/service/http.NewService": "http",
}
"""Functions whose one argument is the address, with what is spoken there."""
_CONFIG = "net.ListenConfig"
_ON_ADDRESS = {
    "net.ListenTCP": ("tcp", "net.TCPAddr", "net.ResolveTCPAddr"),
    "net.ListenUDP": ("udp", "net.UDPAddr", "net.ResolveUDPAddr"),
}
"""Functions that take an address as a value: what is spoken, its type, and what makes one of a text."""
_ECHO_CONFIG = "github.com/labstack/echo.StartConfig"
_FRAMEWORKS: Mapping[str, tuple[tuple[str, ...], Address | None]] = {
    "github.com/gin-gonic/gin.": (("Run", "RunTLS"), Address("", 8080, "PORT")),
    "github.com/labstack/echo": (
        ("Start", "StartTLS", "StartAutoTLS", "StartH2CServer", "StartServer"),
        None,
    ),
    "github.com/gofiber/fiber": (("Listen", "ListenTLS", "ListenMutualTLS"), None),
    "github.com/valyala/fasthttp.Server": (("ListenAndServe", "ListenAndServeTLS"), None),
}
"""By the beginning of the receiver's type or constructor: the methods whose first argument is the address,
and where they listen without one."""
_FRAMEWORK_METHODS = sorted({method for methods, _ in _FRAMEWORKS.values() for method in methods})
_SERVES = ("Serve", "ServeTLS", "RunListener", "Listener")
_GRPC = "google.golang.org/grpc"
_AUTOCERT = "golang.org/x/crypto/acme/autocert.NewListener"
_MOST_CALLS = 200
"""A program with more of a kind is not looked at further."""

Found = tuple[Listen, ServedBy]


@light_record
class Listening:
    listens: tuple[Listen, ...]
    are_known: bool
    served: Mapping[Location, ServedBy]
    """By `Listen.at`: what answers there."""


def find_listens(code: Code) -> Listening:
    """All listens that can be seen. Known only where each has a port and no framework hides others."""
    values = Values(code)
    found = [
        *_by_function(code, values),
        *_by_listener(code, values),
        *_by_address(code, values),
        *_by_server(code, values),
        *_by_framework(code, values),
        *find_manager_listens(code, values),
    ]
    unique = {(listen.at, listen.protocol): listen for listen, _ in found}
    listens = tuple(sorted(unique.values(), key=lambda listen: listen.at))
    all_resolved = all(listen.port is not None or listen.variable or listen.flag for listen in listens)
    are_known = bool(listens) and all_resolved and not hides_listening(code)
    return Listening(listens, are_known, {listen.at: served for listen, served in found})


def _listen(site: Site[Call], address: Address, protocol: str) -> Listen:
    return Listen(site.at, address.port, address.host, address.variable, protocol, address.flag)


def _by_function(code: Code, values: Values) -> Iterator[Found]:
    for site in islice(code.calls(*_FUNCTIONS), _MOST_CALLS):
        index, handler = _FUNCTIONS[site.node.callee]
        arguments = site.node.arguments
        if handler < len(arguments):
            address = parse_address(values.text(site.of(arguments[index])))
            if address.port != 0:
                yield _listen(site, address, "http"), ServedBy(site.of(arguments[handler]))
    for site in islice(code.calls(*_SERVICES), _MOST_CALLS):
        for argument in site.node.arguments[:1]:
            address, protocol = parse_address(values.text(site.of(argument))), _SERVICES[site.node.callee]
            yield _listen(site, address, protocol), ServedBy(is_known=False, is_http=protocol == "http")
    for site in islice(code.calls(_AUTOCERT), _MOST_CALLS):
        yield _listen(site, Address("", 443), "http"), _serving(code, site)[1]


def _by_listener(code: Code, values: Values) -> Iterator[Found]:
    """`net.Listen("tcp", ":80")`, and `ListenConfig`, which takes a context before."""
    for site in islice(_listeners(code), _MOST_CALLS):
        arguments = site.node.arguments[-2:]
        if len(arguments) < 2 or (values.constant(site.of(arguments[0])) or "").startswith("unix"):
            continue
        address = parse_address(values.text(site.of(arguments[1])))
        if address.port != 0:
            protocol, served = _serving(code, site)
            yield (
                _listen(
                    site,
                    address,
                    _LISTENERS.get(site.node.callee, protocol) if protocol == "tcp" else protocol,
                ),
                served,
            )


def _listeners(code: Code) -> Iterator[Site[Call]]:
    for site in code.calls(*_LISTENERS):
        if site.node.callee == "crypto/tls.Listen":
            yield site.of(site.node._replace(expression=_without_last(site.node.expression)))
        else:
            yield site
    for site in code.methods("Listen", "ListenPacket"):
        receiver = site.node.receiver
        is_long = len(site.node.arguments) == 3
        if is_long and receiver is not None and code.types.of(site.of(receiver)) == _CONFIG:
            yield site


def _without_last(call: Expression) -> Expression:
    return call._replace(parts=call.parts[:3])


def _serving(code: Code, site: Site[Call]) -> tuple[str, ServedBy]:
    """What is spoken on a listener, and who answers: by what serves it, else by what the file imports.

    It is served where it is made, or by who calls the function that makes it.
    """
    for place in (site, *islice(code.callers(site), _MOST_CALLS)):
        for call in place.function.calls:
            if call.method in _SERVES and call.arguments and _is_given(place, call):
                return _speaker(code, place.of(call))
    is_grpc = site.file.imports_path(_GRPC)
    return "grpc" if is_grpc else "tcp", ServedBy(is_known=False, is_http=not is_grpc)


def _is_given(site: Site[Call], call: Call) -> bool:
    """The listener is an argument, by its name or at once."""
    listener = call.arguments[0]
    return dotted(listener) in site.node.names[:1] or (listener.start, listener.end) == (
        site.node.start,
        site.node.end,
    )


def _speaker(code: Code, site: Site[Call]) -> tuple[str, ServedBy]:
    call = site.node
    receiver = call.receiver
    if receiver is None:
        is_http = call.callee in ("net/http.Serve", "net/http.ServeTLS") and len(call.arguments) > 1
        served = ServedBy(site.of(call.arguments[1])) if is_http else ServedBy(is_known=False)
        return ("http" if is_http else "tcp"), served
    origin = find_origin(code, site.of(receiver)) or code.types.of(site.of(receiver))
    if origin.startswith(_GRPC):
        return "grpc", ServedBy(is_http=False)
    if _is_framework(origin):
        return "http", ServedBy(site.of(receiver))
    if origin.startswith("net/http") or is_own(code, origin):
        return "http" if origin.startswith("net/http") else "tcp", _handler_of(code, site, receiver)
    return "tcp", ServedBy(is_known=False)


def _by_address(code: Code, values: Values) -> Iterator[Found]:
    """`net.ListenTCP("tcp", &net.TCPAddr{Port: 80})`."""
    for site in islice(code.calls(*_ON_ADDRESS), _MOST_CALLS):
        arguments = site.node.arguments
        spoken, kind, maker = _ON_ADDRESS[site.node.callee]
        if len(arguments) != 2 or arguments[1].is_nil:
            continue
        address = _address_value(code, values, site.of(arguments[1]), kind, maker)
        protocol, served = _serving(code, site)
        if address.port != 0:
            yield _listen(site, address, protocol if spoken == "tcp" else spoken), served


def _address_value(code: Code, values: Values, site: Site[Expression], kind: str, maker: str) -> Address:
    expression = unwrapped(site.node)
    meaning = code.types.index(site.function).meaning(expression.text, expression.start)
    if expression.kind == "name" and meaning is not None and not isinstance(meaning, Parameter):
        value = meaning[0].values[0] if len(meaning[0].values) == 1 else None
        expression = unwrapped(value) if value is not None else expression
    if expression.kind == "call" and expression.text == maker and len(expression.arguments) == 2:
        return parse_address(values.text(site.of(expression.arguments[1])))
    port = expression.field("Port") if expression.kind == "composite" and expression.text == kind else None
    if port is None:
        return Address(None, None)
    host = None if expression.field("IP") else ""
    return replace(parse_address((":", *values.text(site.of(port)))), host=host)


def _by_server(code: Code, values: Values) -> Iterator[Found]:
    """`srv.ListenAndServe()` on an `http.Server`."""
    for site in islice(code.methods("ListenAndServe", "ListenAndServeTLS"), _MOST_CALLS):
        receiver = site.node.receiver
        if receiver is None or len(site.node.arguments) not in (0, 2):
            continue
        origin = find_origin(code, site.of(receiver))
        if is_own(code, origin) and not embeds(code, origin, HTTP_SERVER):
            continue
        yield (
            _listen(site, _server_address(code, values, site, receiver), "http"),
            _handler_of(code, site, receiver),
        )


def _server_address(code: Code, values: Values, site: Site[Call], receiver: Expression) -> Address:
    """The server's `Addr`; what it listens on without one."""
    server = find_server(code, site, receiver)
    if server is None:
        return Address(None, None)
    try:
        written = field_of(code, server, "Addr")
    except LookupError:
        return Address(None, None)
    if written is None:
        return Address("", 443 if site.node.method.endswith("TLS") else 80)
    text = values.text(written)
    for override in overrides_of(code, server, "Addr"):
        text = fall_back(text, values.text(override) if override else UNKNOWN)
    return parse_address(text)


def _handler_of(code: Code, site: Site[Call], receiver: Expression) -> ServedBy:
    server = find_server(code, site, receiver)
    if server is None:
        return ServedBy(is_known=False)
    try:
        return ServedBy(field_of(code, server, "Handler"))
    except LookupError:
        return ServedBy(is_known=False)


def _by_framework(code: Code, values: Values) -> Iterator[Found]:
    for site in islice(code.methods(*_FRAMEWORK_METHODS), _MOST_CALLS):
        receiver = site.node.receiver
        framework = _framework_of(code, site.of(receiver), site.node.method) if receiver else None
        if receiver is None or framework is None:
            continue
        arguments, (_, default) = site.node.arguments, framework
        if unversioned(code.types.of(site.of(receiver))) == _ECHO_CONFIG:
            yield from _by_echo_config(code, values, site, receiver)
        elif site.node.method == "StartServer" and arguments:
            address = _server_address(code, values, site, arguments[0])
            yield _listen(site, address, "http"), ServedBy(site.of(receiver))
        else:
            given = parse_address(values.text(site.of(arguments[0]))) if arguments else default
            if given is not None:
                yield _listen(site, given, "http"), ServedBy(site.of(receiver))


def _by_echo_config(code: Code, values: Values, site: Site[Call], receiver: Expression) -> Iterator[Found]:
    """echo v5's `StartConfig{Address: ":80"}.Start(ctx, handler)`, unless it is given a listener."""
    config = find_server(code, site, receiver, code.types.of(site.of(receiver)))
    address: Address | None = Address(None, None)
    try:
        if config is not None and field_of(code, config, "Listener") is None:
            written = field_of(code, config, "Address")
            address = parse_address(values.text(written)) if written else None
        elif config is not None:
            address = None
    except LookupError:
        address = Address(None, None)
    if address is not None and site.node.arguments[1:]:
        yield _listen(site, address, "http"), ServedBy(site.of(site.node.arguments[1]))


def _is_framework(kind: str) -> bool:
    return unversioned(kind).startswith(tuple(_FRAMEWORKS))


def _framework_of(
    code: Code, receiver: Site[Expression], method: str
) -> tuple[tuple[str, ...], Address | None] | None:
    kinds = {find_origin(code, receiver), code.types.of(receiver)}
    return next(
        (
            framework
            for start, framework in _FRAMEWORKS.items()
            if method in framework[0] and any(unversioned(kind).startswith(start) for kind in kinds)
        ),
        None,
    )
