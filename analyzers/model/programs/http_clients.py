"""The HTTP clients of a program, and whether they give up on a server that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Duration
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.go.expression import dotted

_CLIENT = "net/http.Client"
_SHARED = tuple(f"net/http.{name}" for name in ("Get", "Head", "Post", "PostForm"))
"""Functions that use `http.DefaultClient`, which waits for ever."""
_SHARED_CLIENT = "net/http.DefaultClient"
_SENDING = ("Do", "Get", "Head", "Post", "PostForm")
_REQUEST = "net/http.NewRequestWithContext"
_BOUNDED = (
    "context.WithTimeout",
    "context.WithDeadline",
    "context.WithTimeoutCause",
    "context.WithDeadlineCause",
)
_ENDLESS = Duration(0)
_MOST = 500


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class SharedClientCall:
    """A request through `http.DefaultClient`. `is_bounded` where its context has a deadline."""

    site: Site[Call]
    is_bounded: bool


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


def find_shared_client_calls(code: Code) -> Iterator[SharedClientCall]:
    """`http.Get` and its like, and methods of `http.DefaultClient`."""
    for site in islice(code.calls(*_SHARED), _MOST):
        yield SharedClientCall(site, is_bounded=False)
    for site in islice(code.methods(*_SENDING), _MOST):
        receiver = site.node.receiver
        if receiver is not None and _is_shared(code, site.of(receiver)):
            yield SharedClientCall(site, _has_deadline(site))


def _is_shared(code: Code, receiver: Site[Expression]) -> bool:
    node = receiver.node
    if node.kind != "selector" or node.text != "DefaultClient":
        return False
    return f"{code.types.imported(receiver, node.parts[0])}.{node.text}" == _SHARED_CLIENT


def _has_deadline(site: Site[Call]) -> bool:
    """The function makes both a deadline and a request with a context."""
    callees = {call.callee for call in site.function.calls}
    return _REQUEST in callees and not callees.isdisjoint(_BOUNDED)


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
