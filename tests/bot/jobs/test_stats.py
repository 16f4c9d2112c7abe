"""What the ledger says about the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.jobs.queue import Queue
from bot.jobs.stats import stats
from bot.store import deliveries
from bot.store.deliveries import State
from tests.bot.requests import deliver


def test_nothing_waits(engine: sa.Engine) -> None:
    now = stats(engine, datetime.now(UTC))
    assert (sum(now.deliveries.values()), now.oldest_seconds) == (0, 0)


def test_the_oldest_that_is_due_counts(engine: sa.Engine) -> None:
    queue, now = Queue(engine), datetime.now(UTC)
    for guid in ("told to wait", "due"):
        queue.accept(deliver(guid))
    with engine.connect() as connection:
        entry = deliveries.find(connection, "told to wait")
    assert entry
    queue.postpone(entry, now + timedelta(hours=2), attempts=1, reason="rate limit")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE deliveries SET state = 'done' WHERE guid = 'due'"))
    assert stats(engine, now + timedelta(hours=1)).oldest_seconds == 0
    assert queue.redrive("due")
    assert stats(engine, now + timedelta(hours=1)).oldest_seconds == 0
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE deliveries SET state = 'done' WHERE guid = 'due'"))
    later = stats(engine, now + timedelta(hours=3))
    assert 3 * 3600 - 60 < later.oldest_seconds < 3 * 3600 + 60
    assert {state: count for state, count in later.deliveries.items() if count} == {
        State.WAITING: 1,
        State.DONE: 1,
    }
