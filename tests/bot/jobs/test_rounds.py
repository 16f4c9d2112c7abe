"""Rounds are made by one of many workers, and go on whatever happens in one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.errors import NotAllowed, TryLater
from bot.jobs.rounds import RESTART, Round, go_round, keep_going
from bot.store.marks import Marks

PAUSE = timedelta(minutes=5)


def logged(made: list[str], name: str = "a", error: Exception | None = None) -> Round:
    def work(now: datetime) -> None:
        made.append(name)
        if error:
            raise error

    return Round(name, PAUSE, work)


def rewind(engine: sa.Engine, by: timedelta) -> None:
    Marks(engine).move("turn:a", datetime.now(UTC) - by)


def test_only_one_worker_makes_it(engine: sa.Engine) -> None:
    made: list[str] = []
    for _ in range(3):
        go_round(engine, [logged(made)])
    assert made == ["a"]


@pytest.mark.parametrize(
    ("since", "is_start", "times"),
    [
        pytest.param(PAUSE - timedelta(seconds=30), False, 0, id="too early"),
        pytest.param(PAUSE, False, 1, id="time"),
        pytest.param(timedelta(seconds=10), True, 0, id="another worker started just now"),
        pytest.param(RESTART, True, 1, id="a worker starts"),
    ],
)
def test_it_is_made(engine: sa.Engine, since: timedelta, is_start: bool, times: int) -> None:
    made: list[str] = []
    rewind(engine, since)
    go_round(engine, [logged(made)], is_start=is_start)
    assert len(made) == times


@pytest.mark.parametrize(
    "error", [TryLater(datetime.now(UTC), "limit"), NotAllowed("no"), KeyError("id"), TypeError()], ids=repr
)
def test_trouble_in_one_does_not_stop_the_next(engine: sa.Engine, error: Exception) -> None:
    made: list[str] = []
    go_round(engine, [logged(made, "a", error), logged(made, "b")])
    assert made == ["a", "b"]


def test_a_worker_that_is_told_to_stop_makes_the_first_ones_only(engine: sa.Engine) -> None:
    made: list[str] = []
    stop = threading.Event()
    stop.set()
    keep_going(engine, [logged(made), logged(made, "b")], stop)
    assert made == ["a", "b"]
