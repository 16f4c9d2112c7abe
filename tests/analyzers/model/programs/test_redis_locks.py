"""The forms in which a lock is taken and deleted."""

from __future__ import annotations

import pytest

from analyzers.model.programs.redis_locks import find_blind_releases
from tests.analyzers.model.go_source import program

MAIN = """\
package main

import (
\t"context"

\t"github.com/redis/go-redis/v9"
)

func main() {
\tctx := context.Background()
\tclient := redis.NewClient(&redis.Options{})
\tlockKey := "lock:report"
\t%s
}
"""
TAKE = "client.SetNX(ctx, lockKey, token, ttl)"
DELETE = "client.Del(ctx, lockKey)"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{DELETE}; {TAKE}", id="deleted before it is taken"),
        pytest.param(f"client.Set(ctx, lockKey, token, ttl); {DELETE}", id="set without NX"),
        pytest.param(f"{TAKE}; client.Del(ctx, lockKey, other)", id="deleted among others"),
        pytest.param(f"{TAKE}; script.Run(ctx, client, []string{{lockKey}}, token); {DELETE}", id="a script"),
    ],
)
def test_no_release_or_a_safe_one(body: str) -> None:
    assert list(find_blind_releases(program("", files={"main.go": MAIN % body}).code)) == []


@pytest.mark.parametrize(
    ("body", "token", "is_checked"),
    [
        pytest.param(f"{TAKE}; {DELETE}", "token", False, id="SetNX"),
        pytest.param(
            "client.SetNX(lockKey, token, ttl); client.Del(lockKey)", "token", False, id="without context"
        ),
        pytest.param(
            f'client.SetNX(ctx, lockKey, "1", ttl); {DELETE}', None, False, id="a value of nobody's"
        ),
        pytest.param(
            f'client.SetArgs(ctx, lockKey, token, redis.SetArgs{{Mode: "NX"}}); {DELETE}',
            "token",
            False,
            id="SetArgs",
        ),
        pytest.param(
            'client.Do(ctx, "SET", lockKey, token, "NX"); client.Do(ctx, "DEL", lockKey)',
            "token",
            False,
            id="Do",
        ),
        pytest.param(f"{TAKE}; client.Unlink(ctx, lockKey)", "token", False, id="Unlink"),
        pytest.param(f"{TAKE}; client.Get(ctx, lockKey); {DELETE}", "token", True, id="a look before"),
        pytest.param(f"{TAKE}; defer func() {{ {DELETE} }}()", "token", False, id="in a deferred function"),
    ],
)
def test_a_blind_release(body: str, token: str | None, is_checked: bool) -> None:
    (release,) = find_blind_releases(program("", files={"main.go": MAIN % body}).code)
    assert (release.key, release.token, release.is_checked) == ("lockKey", token, is_checked)
