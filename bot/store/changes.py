"""Changes that nobody has touched for long: what was kept of them is forgotten."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.store.tables import dismissals, feedback, orders, paused, posted, reviews

_SAID = (posted.c.posted_at, dismissals.c.dismissed_at, paused.c.paused_at)
"""When each row was written, of what the next review of a change must know."""
_ALONE = (orders.c.ordered_at, feedback.c.given_at)
"""The same of what no review asks for."""


def forget(engine: sa.Engine, before: datetime) -> None:
    """Delete what was written before `before`; what people said stays while reviews of their change go on.

    Baselines stay: they are the repository's. Of a review stays that it was: it counts for ever.
    """
    with engine.begin() as connection:
        for written in _SAID:
            connection.execute(
                sa.delete(written.table).where(written < before, ~_is_reviewed(written, before))
            )
        for written in _ALONE:
            connection.execute(sa.delete(written.table).where(written < before))
        is_old = (reviews.c.created_at < before) & (reviews.c.summary != "")
        connection.execute(reviews.update().where(is_old).values(summary="", report={}))


def _is_reviewed(written: sa.Column[datetime], since: datetime) -> sa.ColumnElement[bool]:
    key = written.table.c.change_key
    return sa.exists().where(reviews.c.change_key == key, reviews.c.created_at >= since)
