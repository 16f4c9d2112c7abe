"""The HTTP clients of a program, and whether they give up on a server that does not answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.deadlines import find_deadline
from analyzers.model.programs.foreign_takers import find_foreign_takers
from analyzers.model.programs.http_servers import streams
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Duration, expected
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.go.expression import dotted, unwrapped
from analyzers.parsers.light import light_value

_CLIENT = "net/http.Client"
_SHARED = tuple(f"net/http.{name}" for name in ("Get", "Head", "Post", "PostForm"))
"""Functions that use `http.DefaultClient`, which waits for ever."""
_SHARED_CLIENT = "net/http.DefaultClient"
_SENDING = ("Do", "Get", "Head", "Post", "PostForm")
_REQUEST = "net/http.NewRequest"
_REQUEST_WITH_CONTEXT = "net/http.NewRequestWithContext"
_ADDRESSES = {_REQUEST: 1, _REQUEST_WITH_CONTEXT: 2}
"""Which argument is the address."""
_LOCAL = tuple(f"http://{host}" for host in ("localhost", "127.0.0.1", "[::1]"))
_TRANSPORT = "net/http.Transport"
_SAME_TRANSPORT = ("go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.NewTransport",)
"""Wrappers that set no limit of their own."""
_ANSWER_LIMIT = "ResponseHeaderTimeout"
_ENDLESS = Duration(0)
_MOST = 500


@light_value
class HttpClient:
    """A client literal. `timeout` is what limits a whole request: 0 seconds where nothing does, None unknown.

    `transport` is the `Transport` it is given, None for the shared one.
    """

    site: Site[Literal]
    timeout: Duration
    transport: Site[Expression] | None

    @property
    def name(self) -> str:
        return next(iter(self.site.node.names), "")


@light_value
class SharedClientCall:
    """A request through `http.DefaultClient`. `may_be_bounded` unless its context surely has no deadline.

    `is_local` where it asks a process of the same pod.
    """

    site: Site[Call]
    may_be_bounded: bool
    is_local: bool = False


def find_http_clients(code: Code) -> Iterator[HttpClient]:
    """Every `http.Client` literal, with a Timeout that is set later in its package taken for its own."""
    values = Values(code)
    for site in islice(code.literals(_CLIENT), _MOST):
        literal = site.node.expression
        written = literal.field("Timeout")
        transport = literal.field("Transport")
        is_positional = any(part.kind != "keyed" for part in literal.parts)
        if written is not None:
            timeout = values.duration(site.of(written))
        else:
            timeout = Duration(None) if is_positional or _is_set_later(code, site) else _ENDLESS
        yield HttpClient(site, timeout, site.of(transport) if transport else None)


def find_endless_clients(code: Code) -> Iterator[HttpClient]:
    """Clients that surely wait for ever: no Timeout, no limit in the transport or a request's context.

    That of generated code is a default for those who bring none; nobody can mend it there.
    """
    values = Values(code)
    for client in find_http_clients(code):
        if client.site.file.is_generated:
            continue
        if client.timeout == _ENDLESS and not client.timeout.variable and not client.timeout.flag:
            limits = [_limit_of(code, values, site).seconds for site in _sends(code, client)]
            is_endless = not limits or 0 in limits
            is_open = (
                is_endless and not any(find_foreign_takers(code, client.site)) and not streams(client.site)
            )
            if is_open and not _may_limit(code, client.transport):
                yield client


def _sends(code: Code, client: HttpClient) -> Sequence[Site[Call]]:
    """The requests of the package that go through a client by its name; else those that may."""
    name = client.name.rpartition(".")[2]
    sites = [
        site
        for site in islice(code.methods(*_SENDING), _MOST)
        if site.package is client.site.package and site.node.receiver is not None
    ]
    named = [site for site in sites if name and _last_name(site) == name]
    return named or [
        site for site in sites if site.node.method == "Do" and _last_name(site) != "DefaultClient"
    ]


def _last_name(site: Site[Call]) -> str:
    return dotted(site.node.receiver).rpartition(".")[2] if site.node.receiver is not None else ""


def _limit_of(code: Code, values: Values, site: Site[Call]) -> Duration:
    """How long a request may take, by the context that it is made with: 0 seconds for ever."""
    if site.node.method != "Do":
        return _ENDLESS
    made = [call for call in site.function.calls if call.start < site.node.end]
    contexts = [
        call.arguments[0]
        for call in made
        if call.arguments and (call.callee == _REQUEST_WITH_CONTEXT or call.method == "WithContext")
    ]
    if contexts:
        return find_deadline(code, values, site.of(contexts[-1]))
    return _ENDLESS if any(call.callee == _REQUEST for call in made) else Duration(None)


def _may_limit(code: Code, transport: Site[Expression] | None) -> bool:
    """Whether a transport gives up by itself, or is not known well enough to say that it does not."""
    if transport is None:
        return False
    node = unwrapped(transport.node)
    if node.kind == "selector" and node.text == "DefaultTransport":
        return False
    if node.kind == "call" and unversioned(node.text) in _SAME_TRANSPORT and node.arguments:
        return _may_limit(code, transport.of(node.arguments[0]))
    literal = node if node.kind == "composite" else _made(transport)
    if literal is None or literal.text != _TRANSPORT:
        return True
    is_local = '"unix"' in transport.file.text(literal)
    return is_local or literal.field(_ANSWER_LIMIT) is not None or bool(code.assignments.get(_ANSWER_LIMIT))


def _made(site: Site[Expression]) -> Expression | None:
    """The literal behind a variable of the function."""
    found = [
        unwrapped(entry.values[0])
        for entry in site.function.assignments
        if len(entry.values) == 1 and dotted(entry.targets[0]) == dotted(site.node) != ""
    ]
    return found[0] if len(found) == 1 and found[0].kind == "composite" else None


def find_shared_client_calls(code: Code) -> Iterator[SharedClientCall]:
    """`http.Get` and its like, and methods of `http.DefaultClient`."""
    values = Values(code)
    for site in islice(code.calls(*_SHARED), _MOST):
        yield SharedClientCall(site, may_be_bounded=False, is_local=_is_local(values, site, 0))
    for site in islice(code.methods(*_SENDING), _MOST):
        receiver = site.node.receiver
        if receiver is not None and _is_shared(code, site.of(receiver)):
            is_local = any(
                _is_local(values, site.of(call), _ADDRESSES[call.callee])
                for call in (site.node, *site.function.calls)
                if call.callee in _ADDRESSES
            )
            yield SharedClientCall(site, _limit_of(code, values, site).seconds != 0, is_local)


def _is_local(values: Values, site: Site[Call], index: int) -> bool:
    arguments = site.node.arguments
    start = values.text(site.of(arguments[index]))[:1] if index < len(arguments) else ()
    return (expected(start) or "").startswith(_LOCAL)


def _is_shared(code: Code, receiver: Site[Expression]) -> bool:
    node = receiver.node
    if node.kind != "selector" or node.text != "DefaultClient":
        return False
    return f"{code.types.imported(receiver, node.parts[0])}.{node.text}" == _SHARED_CLIENT


def _is_set_later(code: Code, site: Site[Literal]) -> bool:
    """An assignment to a Timeout in the package, of something that may be this client."""
    names = set(site.node.names)
    return any(
        entry.package is site.package
        and (not names or _owner(target) in names or entry.function is not site.function)
        for entry in code.assignments.get("Timeout", ())
        for target in entry.node.targets
        if target.kind == "selector" and target.text == "Timeout"
    )


def _owner(target: Expression) -> str:
    return dotted(target.parts[0])
