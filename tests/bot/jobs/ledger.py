"""Looks into the ledger and the queue, for tests."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.jobs.queue import Queue
from bot.store.tables import deliveries


def row(engine: sa.Engine, guid: str) -> sa.Row[Any]:
    with engine.connect() as connection:
        return connection.execute(deliveries.select().where(deliveries.c.guid == guid)).one()


def states(engine: sa.Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(deliveries.c.guid, deliveries.c.state))
        return {row.guid: row.state for row in rows}


def jobs(queue: Queue) -> dict[str, str]:
    """Every job that DBOS knows, with its status."""
    return {job.workflow_id: job.status for job in queue.client.list_workflows()}
