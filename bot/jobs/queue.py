"""The queue as the rest of the bot sees it: put a delivery in, put it in again, put it off.

A row of the ledger and its job are written in one transaction: there is never one without the other.
Only the delivery's guid travels through DBOS.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from zlib import crc32

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions, WorkflowSerializationFormat

from bot.forges.base import Request, Trigger
from bot.store import deliveries
from bot.store.deliveries import UNANSWERED, Delivery, Entry

APPLICATION = "shipworthy"
QUEUE = "review"
WORKFLOW = "review"

_SHARDS = 4
"""Reviews of one installation at the same time. More would let a busy one starve the others."""


class Acceptance(StrEnum):
    """What became of a delivery. `AGAIN`: known, but it had failed, so it has a new job."""

    NEW = "new"
    DUPLICATE = "duplicate"
    AGAIN = "again"


class Queue:
    """Connects on first use. Make it after a fork, not before."""

    def __init__(self, engine: sa.Engine, quiet_seconds: float = 0) -> None:
        self.engine = engine
        self.client = DBOSClient(system_database_engine=engine, application_name=APPLICATION, lazy=True)
        self._quiet_seconds = quiet_seconds

    def accept(self, delivery: Delivery) -> Acceptance:
        """Returns once the delivery is on disk, job included."""
        try:
            with self.engine.begin() as connection:
                deliveries.insert(connection, delivery, datetime.now(UTC))
                self._enqueue(connection, delivery.guid, delivery.request, self._quiet(delivery.request))
        except sa.exc.IntegrityError:
            return self._accept_again(delivery.guid)
        return Acceptance.NEW

    def redrive(self, guid: str) -> bool:
        """Run an ended delivery once more, superseded or not. False while it is still under way.

        Raises LookupError for a guid that never arrived.
        """
        with self.engine.begin() as connection:
            entry = deliveries.find(connection, guid)
            if entry is None:
                raise LookupError(guid)
            return self._reopen(connection, entry, is_forced=True)

    def postpone(self, entry: Entry, until: datetime, *, attempts: int, reason: str) -> bool:
        """Free the job's slot and come back at `until`. False where another job has the delivery by now."""
        seconds = max(0.0, (until - datetime.now(UTC)).total_seconds())
        with self.engine.begin() as connection:
            if not deliveries.postpone(connection, entry, until, attempts, reason):
                return False
            self._enqueue(connection, entry.guid, entry.request, seconds, entry.next_job_id)
        return True

    def _accept_again(self, guid: str) -> Acceptance:
        with self.engine.begin() as connection:
            entry = deliveries.find(connection, guid)
            if entry is None or entry.state not in UNANSWERED:
                return Acceptance.DUPLICATE
            is_reopened = self._reopen(connection, entry, is_forced=False)
        return Acceptance.AGAIN if is_reopened else Acceptance.DUPLICATE

    def _reopen(self, connection: sa.Connection, entry: Entry, *, is_forced: bool) -> bool:
        if not deliveries.reopen(connection, entry, is_forced=is_forced):
            return False
        self._enqueue(connection, entry.guid, entry.request, 0, entry.next_job_id)
        return True

    def _quiet(self, request: Request) -> float:
        """Pushes come in bursts and can wait for the last one; a person who asked cannot."""
        return self._quiet_seconds if request.trigger is Trigger.PUSH else 0

    def _enqueue(
        self, connection: sa.Connection, guid: str, request: Request, seconds: float, job_id: str = ""
    ) -> None:
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": job_id or guid,
            "queue_partition_key": _partition(request),
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        if seconds > 0:
            options["delay_seconds"] = seconds
        self.client.enqueue_in_transaction(connection, options, guid)


def _partition(request: Request) -> str:
    """One job a change at a time, a few an installation, and installations take turns."""
    change = request.change
    return f"{change.forge}/{change.installation}/{crc32(change.key.encode()) % _SHARDS}"
