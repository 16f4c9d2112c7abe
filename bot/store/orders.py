"""When a command was last obeyed on a change, for those that are obeyed only so often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.store.tables import orders

_NAME = 160


@dataclass(frozen=True, slots=True)
class Orders:
    """The limited commands of all changes."""

    engine: sa.Engine

    def claim(self, change_key: str, name: str, delivery: str, every: timedelta) -> bool:
        """Whether the command may be obeyed, which then counts as done.

        The same delivery may come again, after a crash say. Without a name it is always another one.
        """
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            last = _last(connection, change_key, name)
            if last and last["delivery"] == delivery != "":
                return True
            if last and last["ordered_at"] > now - every:
                return False
            connection.execute(orders.delete().where(*_row(change_key, name)))
            fresh = {"change_key": change_key, "name": name[:_NAME], "delivery": delivery, "ordered_at": now}
            connection.execute(orders.insert().values(fresh))
            return True

    def is_by(self, change_key: str, name: str, delivery: str) -> bool:
        """Whether it was this delivery that brought the command last."""
        with self.engine.connect() as connection:
            last = _last(connection, change_key, name)
        return last is not None and last["delivery"] == delivery != ""


def _last(connection: sa.Connection, change_key: str, name: str) -> sa.RowMapping | None:
    return connection.execute(sa.select(orders).where(*_row(change_key, name))).mappings().first()


def _row(change_key: str, name: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return orders.c.change_key == change_key, orders.c.name == name[:_NAME]
