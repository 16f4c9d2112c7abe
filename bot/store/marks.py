"""How far the rounds have come, and who makes the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import marks


@dataclass(frozen=True, slots=True)
class Marks:
    """Moments by name, the same for all workers."""

    engine: sa.Engine

    def read(self, name: str) -> datetime | None:
        query = sa.select(marks.c.at).where(marks.c.name == name)
        with self.engine.connect() as connection:
            at: datetime | None = connection.execute(query).scalar_one_or_none()
        return at

    def move(self, name: str, at: datetime) -> None:
        with self.engine.begin() as connection:
            if not connection.execute(marks.update().where(marks.c.name == name).values(at=at)).rowcount:
                _create(connection, name, at)

    def take(self, name: str, now: datetime, pause: timedelta) -> bool:
        """Move it to `now` unless somebody did so less than `pause` ago. Of many who try, one succeeds."""
        is_due = (marks.c.name == name) & (marks.c.at <= now - pause)
        with self.engine.begin() as connection:
            moved = connection.execute(marks.update().where(is_due).values(at=now)).rowcount
            return bool(moved) or _create(connection, name, now)


def _create(connection: sa.Connection, name: str, at: datetime) -> bool:
    """Whether it was not there before."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    query = insert(marks).values(name=name, at=at).on_conflict_do_nothing().returning(marks.c.name)
    return connection.execute(query).first() is not None
