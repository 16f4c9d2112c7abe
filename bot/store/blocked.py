"""Which installations have to wait because their forge said so."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.forges.base import ChangeRef
from bot.store.tables import blocked


def block(connection: sa.Connection, change: ChangeRef, until: datetime) -> None:
    """Remember the later of `until` and what is known. A forge without installations is never blocked."""
    if not change.installation:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {"forge": change.forge, "installation": change.installation, "until": until}
    query = insert(blocked).values(row)
    newer = query.excluded["until"]
    connection.execute(
        query.on_conflict_do_update(
            index_elements=["forge", "installation"], set_={"until": newer}, where=blocked.c.until < newer
        )
    )


def blocked_until(connection: sa.Connection, change: ChangeRef, now: datetime) -> datetime | None:
    """The end of a block that is in force at `now`."""
    query = sa.select(blocked.c.until).where(
        blocked.c.forge == change.forge,
        blocked.c.installation == change.installation,
        blocked.c.until > now,
    )
    until: datetime | None = connection.execute(query).scalar_one_or_none()
    return until


def unblock(connection: sa.Connection, now: datetime) -> None:
    """Delete the blocks that are over."""
    connection.execute(blocked.delete().where(blocked.c.until <= now))
