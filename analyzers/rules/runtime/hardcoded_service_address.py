from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.program import Program
from analyzers.model.programs.fixed_hosts import find_fixed_hosts
from analyzers.rule import Problem, rule

_KINDS = {
    "grpc": "a gRPC service",
    "sql": "the database",
    "redis": "Redis",
    "mongo": "MongoDB",
    "tcp": "another machine",
    "http": "another service",
    "kafka": "Kafka",
    "amqp": "the message broker",
    "nats": "the message broker",
}


@rule
def check(program: Program) -> Iterator[Problem]:
    for fixed in find_fixed_hosts(program.code):
        yield Problem(
            fixed.connection.at,
            values={"what": _KINDS[fixed.connection.kind], "host": fixed.host},
            evidence=f"{fixed.connection.kind} {fixed.host}",
        )
