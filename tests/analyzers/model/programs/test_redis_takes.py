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


def test_a_transaction_sends_both() -> None:
    (take,) = takes(
        'rdb.TxPipelined(ctx, func(p redis.Pipeliner) error { return p.SetNX(ctx, "lock", 1, 0) })'
    )
    assert take.is_at_once


def test_another_function_keeps_it_alive() -> None:
    (take,) = takes(
        'keep("lock")\nrdb.SetNX(ctx, "lock", id(), 0)',
        'func keep(k string) { rdb.Expire(ctx, "lock", d) }\n',
    )
    assert (take.is_renewed, take.expiries) == (True, ())


@pytest.mark.parametrize(
    ("body", "count"),
    [
        pytest.param('rdb.Del(ctx, "other")', 0, id="another key"),
        pytest.param('defer rdb.Del(ctx, "lock")', 1, id="a deletion"),
        pytest.param('rdb.Eval(ctx, script, []string{"lock"}, 1)', 1, id="a script"),
    ],
)
def test_what_frees_it(body: str, count: int) -> None:
    (take,) = takes(f'rdb.SetNX(ctx, "lock", 1, time.Minute)\n{body}')
    assert len(take.releases) == count


def test_a_parameter_is_no_constant() -> None:
    (take,) = takes('take("a")', 'func take(owner string) { rdb.SetNX(ctx, "lock", owner, time.Minute) }\n')
    assert take.token is None


def test_a_mark_of_what_is_done() -> None:
    (take,) = takes('rdb.SetNX(ctx, "processed:1", "x", 0)')
    assert (take.is_once, take.is_lock) == (True, False)
