"""The other services that a program connects to: databases, Redis, gRPC servers, HTTP addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal as Choice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import Text
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Expression
from analyzers.parsers.go.file import Placed
from analyzers.parsers.light import light_value

_UPTRACE = "github.com/uptrace/opentelemetry-go-extra"
Kind = Choice["grpc", "sql", "redis", "mongo", "tcp", "http", "kafka", "amqp", "nats"]
_CALLS: Mapping[str, tuple[Kind, int]] = {
    "google.golang.org/grpc.Dial": ("grpc", 0),
    "google.golang.org/grpc.NewClient": ("grpc", 0),
    "google.golang.org/grpc.DialContext": ("grpc", 1),
    "database/sql.Open": ("sql", 1),
    "github.com/XSAM/otelsql.Open": ("sql", 1),
    f"{_UPTRACE}/otelsql.Open": ("sql", 1),
    **{
        f"{package}.{name}": ("sql", 1)
        for package in ("github.com/jmoiron/sqlx", f"{_UPTRACE}/otelsqlx")
        for name in ("Open", "MustOpen", "Connect", "MustConnect")
    },
    "github.com/jmoiron/sqlx.ConnectContext": ("sql", 2),
    f"{_UPTRACE}/otelsqlx.ConnectContext": ("sql", 2),
    **{
        f"gorm.io/driver/{name}.Open": ("sql", 0) for name in ("postgres", "mysql", "sqlserver", "clickhouse")
    },
    "github.com/uptrace/bun/driver/pgdriver.WithDSN": ("sql", 0),
    "github.com/go-pg/pg.ParseURL": ("sql", 0),
    "github.com/jinzhu/gorm.Open": ("sql", 1),
    **{
        f"github.com/jackc/pgx{part}": ("sql", 1) for part in (".Connect", "/pgxpool.New", "/pgxpool.Connect")
    },
    "github.com/jackc/pgx/pgxpool.ParseConfig": ("sql", 0),
    "github.com/jackc/pgx.ParseConfig": ("sql", 0),
    **{
        f"github.com/{owner}/redigo/redis.{name}": ("redis", index)
        for owner in ("gomodule", "garyburd")
        for name, index in (("Dial", 1), ("DialContext", 2), ("DialURL", 0), ("DialURLContext", 1))
    },
    **{
        f"github.com/{path}.{name}": ("redis", 0)
        for path in ("redis/go-redis", "go-redis/redis")
        for name in ("ParseURL", "ParseClusterURL", "ParseFailoverURL")
    },
    **{
        f"github.com/{path}.{name}": ("amqp", 0)
        for path in ("rabbitmq/amqp091-go", "streadway/amqp")
        for name in ("Dial", "DialConfig", "DialTLS")
    },
    "github.com/nats-io/nats.go.Connect": ("nats", 0),
    **{
        f"github.com/{owner}/sarama.New{name}": ("kafka", 0)
        for owner in ("IBM", "Shopify")
        for name in ("Client", "Consumer", "ConsumerGroup", "SyncProducer", "AsyncProducer", "ClusterAdmin")
    },
    **{
        f"github.com/segmentio/kafka-go.{name}": ("kafka", index) for name, index in (("Dial", 1), ("TCP", 0))
    },
    "github.com/segmentio/kafka-go.DialLeader": ("kafka", 2),
    "github.com/twmb/franz-go/pkg/kgo.SeedBrokers": ("kafka", 0),
    **{f"net.{name}": ("tcp", 1) for name in ("Dial", "DialTimeout")},
    "crypto/tls.Dial": ("tcp", 1),
    **{f"net/http.{name}": ("http", 0) for name in ("Get", "Head", "Post", "PostForm")},
    "net/http.NewRequest": ("http", 1),
    "net/http.NewRequestWithContext": ("http", 2),
}
"""By the callee without major versions: the kind, and which argument is the address, or a list of them."""
_VARIADIC = ("github.com/segmentio/kafka-go.TCP", "github.com/twmb/franz-go/pkg/kgo.SeedBrokers")
_METHODS: Mapping[str, tuple[str, Kind]] = {
    "ApplyURI": ("go.mongodb.org/mongo-driver/mongo/options", "mongo"),
}
"""Methods whose only argument is an address, and the package that a file imports for them."""
_LITERALS: Mapping[str, tuple[Kind, str]] = {
    **{
        f"github.com/{path}.{kind}": ("redis", field)
        for path in ("redis/go-redis", "go-redis/redis")
        for kind, field in (
            *(("Options", "Addr"), ("ClusterOptions", "Addrs"), ("UniversalOptions", "Addrs")),
            ("FailoverOptions", "SentinelAddrs"),
        )
    },
    "github.com/go-pg/pg.Options": ("sql", "Addr"),
    **{f"gorm.io/driver/{name}.Config": ("sql", "DSN") for name in ("postgres", "mysql", "sqlserver")},
    "github.com/redis/rueidis.ClientOption": ("redis", "InitAddress"),
    "github.com/segmentio/kafka-go.ReaderConfig": ("kafka", "Brokers"),
    "github.com/segmentio/kafka-go.WriterConfig": ("kafka", "Brokers"),
}
"""Types whose field is the address, or a list of them."""
_LITERAL_NAMES = frozenset(name.rpartition(".")[2] for name in _LITERALS)
_NAMES = frozenset(name.rpartition(".")[2] for name in _CALLS)
_MOST = 500


@light_value
class Connection:
    """`address` is what the program connects to, with the parts that the environment or a flag decides."""

    at: Location
    """Of the address."""
    kind: Kind
    address: Text
    site: Site[Placed]


def find_connections(code: Code) -> Iterator[Connection]:
    """Every address that a client is given, in the order of the code."""
    values = Values(code)
    for site in (site for site in code.named(_NAMES) if site.node.package):
        plain = unversioned(site.node.callee)
        known = _CALLS.get(plain)
        given = site.node.arguments[known[1] :] if known else ()
        for argument in given if plain in _VARIADIC else given[:1]:
            for address in _each(argument):
                if known:
                    yield _connection(values, known[0], site.of(address), site.of(site.node))
    for site in islice(code.methods(*_METHODS), _MOST):
        package, kind = _METHODS[site.node.method]
        is_meant = any(unversioned(entry.path).startswith(package) for entry in site.file.imports)
        if is_meant and len(site.node.arguments) == 1:
            yield _connection(values, kind, site.of(site.node.arguments[0]), site.of(site.node))
    yield from _of_literals(code, values)


def _of_literals(code: Code, values: Values) -> Iterator[Connection]:
    for package, path, function in code.reached:
        for literal in () if function.names.isdisjoint(_LITERAL_NAMES) else function.literals:
            known = _LITERALS.get(unversioned(literal.type))
            written = literal.expression.field(known[1]) if known else None
            if known is None or written is None:
                continue
            site = Site(package, path, function, literal)
            for address in _each(written):
                yield _connection(values, known[0], site.of(address), site.of(literal))


def _each(written: Expression) -> Sequence[Expression]:
    """The addresses of a list, or the one that stands alone."""
    return written.parts if written.kind == "composite" else (written,)


def _connection(values: Values, kind: Kind, address: Site[Expression], site: Site[Placed]) -> Connection:
    return Connection(address.at, kind, values.text(address), site)
