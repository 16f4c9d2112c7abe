"""What programs connect to, and how their HTTP clients wait."""

from __future__ import annotations

import pytest

from analyzers.model.programs.connections import find_connections
from analyzers.model.programs.http_clients import (
    find_endless_clients,
    find_http_clients,
    find_shared_client_calls,
)
from analyzers.model.programs.text import Read, Text
from tests.analyzers.model.go_source import program

IMPORTS = (
    'import (\n"database/sql"\nredis "github.com/redis/go-redis/v9"\n'
    '"go.mongodb.org/mongo-driver/mongo/options"\n'
    '"github.com/jackc/pgx/v5/pgxpool"\nkafka "github.com/segmentio/kafka-go"\n'
    '"github.com/IBM/sarama"\n"github.com/nats-io/nats.go"\n"github.com/twmb/franz-go/pkg/kgo"\n'
    '"gorm.io/driver/postgres"\n"gorm.io/gorm"\n)\n'
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('sql.Register("x", d)', id="another function"),
        pytest.param("_ = redis.Options{DB: 1}", id="no address"),
        pytest.param('net.Listen("tcp", ":80")', id="a listener"),
    ],
)
def test_what_connects_to_nothing(body: str) -> None:
    assert list(find_connections(program(body, IMPORTS).code)) == []


@pytest.mark.parametrize(
    ("body", "kind", "address"),
    [
        pytest.param('grpc.NewClient("orders:80")', "grpc", ("orders:80",), id="gRPC"),
        pytest.param(
            'grpc.DialContext(ctx, os.Getenv("ORDERS"))', "grpc", (Read("ORDERS"),), id="from the environment"
        ),
        pytest.param('sql.Open("pgx", "postgres://db/x")', "sql", ("postgres://db/x",), id="database/sql"),
        pytest.param('pgxpool.New(ctx, "postgres://db/x")', "sql", ("postgres://db/x",), id="pgx"),
        pytest.param('redis.NewClient(&redis.Options{Addr: "r:6379"})', "redis", ("r:6379",), id="Redis"),
        pytest.param('options.Client().ApplyURI("mongodb://m")', "mongo", ("mongodb://m",), id="MongoDB"),
        pytest.param('_ = kafka.ReaderConfig{Brokers: []string{"k:9092"}}', "kafka", ("k:9092",), id="Kafka"),
        pytest.param('nats.Connect("nats://n:4222")', "nats", ("nats://n:4222",), id="NATS"),
        pytest.param(
            'sarama.NewSyncProducer([]string{"k:9092"}, c)', "kafka", ("k:9092",), id="a list as an argument"
        ),
        pytest.param('kgo.SeedBrokers("k:9092")', "kafka", ("k:9092",), id="any number of arguments"),
        pytest.param(
            'gorm.Open(postgres.New(postgres.Config{DSN: "host=db"}))',
            "sql",
            ("host=db",),
            id="gorm's config",
        ),
        pytest.param('http.Get("http://orders/x")', "http", ("http://orders/x",), id="HTTP"),
        pytest.param('net.Dial("tcp", host + ":80")', "tcp", (Read(), ":80"), id="an unknown host"),
    ],
)
def test_what_is_connected_to(body: str, kind: str, address: Text) -> None:
    (found,) = find_connections(program(body, IMPORTS).code)
    assert (found.kind, found.address) == (kind, address)


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        pytest.param("c := http.Client{Timeout: limit()}", None, id="unknown"),
        pytest.param("c := http.Client{}; c.Timeout = time.Second", None, id="set later"),
        pytest.param("c := &http.Client{Timeout: 5 * time.Second}", 5, id="a limit"),
        pytest.param("c := &http.Client{}", 0, id="none"),
        pytest.param("c := &http.Client{}; d.Timeout = time.Second", 0, id="another's limit"),
    ],
)
def test_how_long_a_client_waits(body: str, seconds: float | None) -> None:
    (client,) = find_http_clients(program(body).code)
    assert client.timeout.seconds == seconds


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("c.Do(r)", [], id="a client of its own"),
        pytest.param("http.Get(u)", [False], id="a function of the package"),
        pytest.param("http.DefaultClient.Do(r)", [True], id="a request from elsewhere"),
        pytest.param(
            'r, _ := http.NewRequest("GET", u, nil)\nhttp.DefaultClient.Do(r)',
            [False],
            id="the shared client",
        ),
        pytest.param(
            'r, _ := http.NewRequestWithContext(context.TODO(), "GET", u, nil)\nhttp.DefaultClient.Do(r)',
            [False],
            id="a context without end",
        ),
        pytest.param(
            'c, _ := context.WithTimeout(b, d)\nr, _ := http.NewRequestWithContext(c, "GET", u, nil)\n'
            "http.DefaultClient.Do(r)",
            [True],
            id="a request with a deadline",
        ),
    ],
)
def test_calls_of_the_shared_client(body: str, expected: list[bool]) -> None:
    assert [call.may_be_bounded for call in find_shared_client_calls(program(body).code)] == expected


@pytest.mark.parametrize(
    ("body", "count"),
    [
        pytest.param("c := &http.Client{Timeout: limit()}", 0, id="a limit"),
        pytest.param("c := &http.Client{Transport: own()}", 0, id="a transport that is not known"),
        pytest.param(
            "c := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: d}}",
            0,
            id="a transport's limit",
        ),
        pytest.param(
            "t := &http.Transport{ResponseHeaderTimeout: d}\nc := &http.Client{Transport: t}", 0, id="by name"
        ),
        pytest.param(
            "c := http.Client{}\nx, _ := context.WithTimeout(b, d)\n"
            'r, _ := http.NewRequestWithContext(x, "GET", u, nil)\nc.Do(r)',
            0,
            id="a request's limit",
        ),
        pytest.param("c := http.Client{}\nc.Do(r)", 0, id="a request from elsewhere"),
        pytest.param("c := http.Client{}", 1, id="handed on"),
        pytest.param("c := http.Client{}\nc.Get(u)", 1, id="no context at all"),
        pytest.param("c := http.Client{Transport: http.DefaultTransport}", 1, id="the shared transport"),
        pytest.param("c := http.Client{Transport: &http.Transport{MaxIdleConns: 9}}", 1, id="other limits"),
    ],
)
def test_clients_that_wait_for_ever(body: str, count: int) -> None:
    assert len(list(find_endless_clients(program(body).code))) == count
