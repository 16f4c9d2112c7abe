"""Calls by which a handler waits for a database or another service, followed through functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.route import Route
from analyzers.parsers.go import Call, Expression, Function
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_value

_FUNCTIONS: Mapping[str, str] = {
    **{f"net/http.{name}": "another service" for name in ("Get", "Head", "Post", "PostForm")},
    **{f"net.{name}": "another service" for name in ("Dial", "DialTimeout")},
    "crypto/tls.Dial": "another service",
}
_SQL = r"Ping|PingContext|Query\w*|Exec\w*|Get|GetContext|Select|SelectContext|Acquire|Begin\w*"
_ORM = r"Ping|PingContext|Exec|Raw|First|Find|Take|Count|Scan|Row|Rows"
_METHODS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(kind), re.compile(method), what)
    for kind, method, what in (
        (r"database/sql\.(?:DB|Conn|Tx|Open)\b", _SQL, "the database"),
        (r"github\.com/jmoiron/sqlx\.", _SQL, "the database"),
        (r"github\.com/jackc/pgx", _SQL, "the database"),
        (r"gorm\.io/gorm\.|github\.com/jinzhu/gorm\.", _ORM, "the database"),
        (r"github\.com/(?:redis/go-redis|go-redis/redis)\.", r"Ping|Get|Set|Info|Do|Exists|Echo", "Redis"),
        (r"github\.com/(?:gomodule|garyburd)/redigo/redis\.", r"Do|DoContext", "Redis"),
        (
            r"go\.mongodb\.org/mongo-driver/mongo\.",
            r"Ping|ListDatabase\w*|RunCommand|FindOne|Find|CountDocuments",
            "MongoDB",
        ),
        (r"net/http\.Client\b", r"Do|Get|Head|Post|PostForm", "another service"),
        (r"google\.golang\.org/grpc/health/grpc_health_v1\.\w*HealthClient", r"Check", "another service"),
        (
            r"github\.com/(?:elastic/go-elasticsearch|olivere/elastic)",
            r"Ping|Info|Health|Do",
            "Elasticsearch",
        ),
    )
)
"""By the receiver's type: the methods that go over the network, and whom they ask."""
_FAILS = re.compile(
    r"Status(?!OK\b|Text\b|Code\b)[A-Z]\w+|[^\w.][45]\d\d\b|return\b[^\n]*\berr\b|panic\(|[Ee]rror\w*\(|Abort"
)
_LOGS = re.compile(r"\b(?:\w{0,40}[lL]og\w{0,40}|zap|slog)\.\w{1,40}\(")
_OWN = re.compile(r"localhost|127\.0\.0\.1|unix")
_MOST_STEPS = 60


@light_value
class BackendCall:
    """`asked` is who answers it, in words: `the database`."""

    site: Site[Call]
    asked: str

    @property
    def name(self) -> str:
        """The call as the code writes it, without its arguments."""
        return self.site.file.text(self.site.node.function)


@light_value
class _Body:
    """What runs for a request: a function, or a function literal in one."""

    site: Site[Function]
    start: int
    end: int

    @property
    def calls(self) -> Iterator[Site[Call]]:
        for call in self.site.function.calls:
            if self.start <= call.start < self.end and not call.in_goroutine:
                yield self.site.of(call)

    @property
    def source(self) -> str:
        return self.site.file.source[self.start : self.end].decode(errors="replace")


def find_backend_call(code: Code, route: Route) -> BackendCall | None:
    """The first call of a route's handler that waits for a backend, where its answer tells of a failure.

    Methods of unknown types and of interfaces with several implementations are not followed.
    """
    body = _body(code, route)
    if body is None or not _FAILS.search(_LOGS.sub("", body.source)):
        return None
    waiting, seen = [body], {(body.site.path, body.start)}
    for each in waiting:
        for site in each.calls:
            asked = _asked(code, site)
            if asked:
                return BackendCall(site, asked)
            found = code.called(site)
            inner = _whole(found[0]) if len(found) == 1 else None
            if inner and (inner.site.path, inner.start) not in seen and len(waiting) < _MOST_STEPS:
                seen.add((inner.site.path, inner.start))
                waiting.append(inner)
    return None


def _body(code: Code, route: Route) -> _Body | None:
    handler = route.handler
    literal = _literal(unwrapped(handler.node)) if handler else None
    if handler and literal:
        return _Body(handler.of(handler.function), literal.start, literal.end)
    function = route.function
    if function is None:
        return None
    made = [_literal(value) for entry in function.node.returns for value in entry.values]
    inner = next((each for each in made if each), None)
    return _Body(function, inner.start, inner.end) if inner else _whole(function)


def _literal(expression: Expression) -> Expression | None:
    """A function literal, maybe in a conversion: `http.HandlerFunc(func(…) {…})`."""
    if expression.kind == "function":
        return expression
    is_wrapped = expression.kind == "call" and len(expression.arguments) == 1
    return _literal(expression.arguments[0]) if is_wrapped else None


def _whole(site: Site[Function]) -> _Body:
    return _Body(site, site.node.start, site.node.end)


def _asked(code: Code, site: Site[Call]) -> str:
    """Whom a call asks; empty for one that stays in the process."""
    call = site.node
    if call.package:
        return "" if _OWN.search(site.file.text(call.expression)) else _FUNCTIONS.get(call.callee, "")
    if call.receiver is None:
        return ""
    kind = unversioned(code.types.of(site.of(call.receiver)))
    for types, methods, asked in _METHODS:
        if types.match(kind) and methods.fullmatch(call.method):
            return asked
    is_interface = (
        call.method == "PingContext" and not code.called(site) and (not kind or code.types.is_own(kind))
    )
    return "the database" if is_interface else ""
