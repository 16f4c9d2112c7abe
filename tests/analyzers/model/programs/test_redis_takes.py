"""How locks in Redis are taken."""

from __future__ import annotations

import pytest

from analyzers.model.programs.redis_takes import RedisTake, find_redis_takes
from tests.analyzers.model.go_source import program

IMPORTS = 'import redis "github.com/redis/go-redis/v9"\nvar rdb *redis.Client\n'


def takes(body: str, outside: str = "") -> list[RedisTake]:
    return list(find_redis_takes(program(body, IMPORTS + outside).code))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('rdb.Set(ctx, "lock", 1, 0)', id="a plain SET"),
        pytest.param('conn.Do("SET", "lock", token)', id="a SET by hand"),
    ],
)
def test_what_takes_nothing(body: str) -> None:
    assert takes(body) == []


@pytest.mark.parametrize(
    ("body", "seconds", "token"),
    [
        pytest.param('rdb.SetNX(ctx, "lock", token(), ttl())', None, None, id="unknown"),
        pytest.param('conn.Do("SET", "lock", token(), "NX", "EX", 10)', None, None, id="an end by hand"),
        pytest.param('rdb.SetNX(ctx, "lock", token(), 0)', 0, None, id="no end"),
        pytest.param('rdb.SetNX(ctx, "lock", token(), redis.KeepTTL)', 0, None, id="the key's own end"),
        pytest.param('conn.Do("SETNX", "lock", "1")', 0, "1", id="SETNX by hand"),
        pytest.param('conn.Do("SET", "lock", token(), "NX")', 0, None, id="SET NX by hand"),
        pytest.param('rdb.SetNX(ctx, "lock", true, 5*time.Second)', 5, "true", id="a constant token"),
        pytest.param('rdb.SetArgs(ctx, "lock", "x", redis.SetArgs{Mode: "NX"})', 0, "x", id="options"),
        pytest.param(
            'rdb.SetArgs(ctx, "lock", "x", redis.SetArgs{Mode: "NX", TTL: time.Minute})',
            60,
            "x",
            id="options with an end",
        ),
    ],
)
def test_for_how_long_and_with_what(body: str, seconds: float | None, token: str | None) -> None:
    (take,) = takes(body)
    assert (take.time_to_live.seconds, take.token, take.is_lock) == (seconds, token, True)


def test_an_end_that_is_set_later() -> None:
    (take,) = takes('rdb.SetNX(ctx, "job", id(), 0)\nrdb.Expire(ctx, "other", d)\nrdb.Expire(ctx, "job", d)')
    assert [site.at.line - take.site.at.line for site in take.expiries] == [2]
    assert not take.is_lock
