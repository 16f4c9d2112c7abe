"""Which missed deliveries we had sent again, how often, and when last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.tables import resent


@dataclass(frozen=True, slots=True)
class Sent:
    times: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Resent:
    """What was sent again by one forge."""

    engine: sa.Engine
    forge: str

    def of(self, guids: Collection[str]) -> Mapping[str, Sent]:
        """Those of the deliveries that were, by guid."""
        query = resent.select().where(resent.c.forge == self.forge, resent.c.guid.in_(guids))
        with self.engine.connect() as connection:
            return {row.guid: Sent(row.times, row.resent_at) for row in connection.execute(query)}

    def add(self, guid: str, now: datetime) -> None:
        """Once more."""
        is_it = (resent.c.forge == self.forge) & (resent.c.guid == guid)
        more = resent.update().where(is_it).values(times=resent.c.times + 1, resent_at=now)
        with self.engine.begin() as connection:
            if not connection.execute(more).rowcount:
                row = {"forge": self.forge, "guid": guid, "times": 1, "resent_at": now}
                connection.execute(resent.insert().values(row))


def forget(connection: sa.Connection, before: datetime) -> None:
    """Delete what was last sent again before `before`."""
    connection.execute(resent.delete().where(resent.c.resent_at < before))
