"""How the queue is doing, asked of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.deliveries import OPEN, State
from bot.store.tables import deliveries


@dataclass(frozen=True, slots=True)
class Stats:
    deliveries: Mapping[State, int]
    oldest_seconds: float
    """Age of the oldest delivery that is due but has no answer; 0 where there is none.

    What was driven anew does not count: it may have come in long ago.
    """


def stats(engine: sa.Engine, now: datetime) -> Stats:
    table = deliveries.c
    is_due = (table.next_try_at.is_(None)) | (table.next_try_at <= now)
    counts = sa.select(table.state, sa.func.count()).group_by(table.state)
    oldest = sa.select(sa.func.min(table.received_at)).where(table.state.in_(OPEN), is_due, ~table.is_forced)
    with engine.connect() as connection:
        found = {State(state): count for state, count in connection.execute(counts)}
        since = connection.execute(oldest).scalar_one()
    by_state = {state: found.get(state, 0) for state in State}
    return Stats(by_state, max(0.0, (now - since).total_seconds()) if since else 0.0)
