"""The recent pushes to one change, as the ledger has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.forges.base import Trigger
from bot.store.deliveries import State
from bot.store.tables import deliveries

_RECENT = 200


@dataclass(frozen=True, slots=True)
class Push:
    seq: int
    state: State
    received_at: datetime


def recent_pushes(connection: sa.Connection, change_key: str) -> list[Push]:
    """Newest first."""
    table = deliveries.c
    query = (
        sa.select(table.seq, table.state, table.received_at)
        .where(table.change_key == change_key, table.trigger == Trigger.PUSH.value)
        .order_by(table.seq.desc())
        .limit(_RECENT)
    )
    return [Push(row.seq, State(row.state), row.received_at) for row in connection.execute(query)]
