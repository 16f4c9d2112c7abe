"""Changes on which we are to keep quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.store.tables import paused


@dataclass(frozen=True, slots=True)
class Paused:
    """The pauses of all changes."""

    engine: sa.Engine

    def by(self, change_key: str) -> str | None:
        """Who asked for the pause of a change; None where there is none."""
        query = sa.select(paused.c.actor).where(paused.c.change_key == change_key)
        with self.engine.connect() as connection:
            actor: str | None = connection.execute(query).scalar_one_or_none()
        return actor

    def begin(self, change_key: str, actor: str) -> None:
        """Pause a change. Who paused it first is remembered."""
        with self.engine.begin() as connection:
            known = sa.select(paused.c.actor).where(paused.c.change_key == change_key)
            if connection.execute(known).first() is None:
                row = {"change_key": change_key, "actor": actor, "paused_at": datetime.now(UTC)}
                connection.execute(paused.insert().values(row))

    def end(self, change_key: str) -> None:
        """Let us speak again."""
        with self.engine.begin() as connection:
            connection.execute(paused.delete().where(paused.c.change_key == change_key))
