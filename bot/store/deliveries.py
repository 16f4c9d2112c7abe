"""The ledger: one row a delivery, from its arrival to its end.

    accepted -> running -> done | superseded | ignored | failed
                running -> waiting -> running … -> dead

Every change names the job it is made for. A job that was replaced meanwhile changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.forges.base import Request
from bot.store.requests import decode, encode
from bot.store.tables import deliveries


class State(StrEnum):
    ACCEPTED = "accepted"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    SUPERSEDED = "superseded"
    IGNORED = "ignored"
    FAILED = "failed"
    DEAD = "dead"


OPEN = frozenset({State.ACCEPTED, State.RUNNING, State.WAITING})
UNANSWERED = frozenset({State.FAILED, State.DEAD})
"""Ended, but not well: the same delivery may be tried again."""
ENDED = frozenset(State) - OPEN


@dataclass(frozen=True, slots=True)
class Delivery:
    """What arrived. `guid` is the sender's, the same when it is sent again."""

    guid: str
    event: str
    request: Request


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery as the ledger has it."""

    seq: int
    guid: str
    request: Request
    state: State
    job_id: str
    jobs: int
    attempts: int
    """Tries since it was accepted or driven again."""
    is_forced: bool
    received_at: datetime

    @property
    def next_job_id(self) -> str:
        return f"{self.guid}:{self.jobs}"


def insert(connection: sa.Connection, delivery: Delivery, now: datetime) -> None:
    """Raises IntegrityError where the guid is known already. The first job bears the guid as its name."""
    change = delivery.request.change
    row = {
        "guid": delivery.guid,
        "forge": change.forge,
        "event": delivery.event,
        "change_key": change.key,
        "installation": change.installation,
        "trigger": delivery.request.trigger.value,
        "request": encode(delivery.request),
        "state": State.ACCEPTED.value,
        "job_id": delivery.guid,
        "jobs": 1,
        "attempts": 0,
        "is_forced": False,
        "received_at": now,
    }
    connection.execute(deliveries.insert().values(row))


def find(connection: sa.Connection, guid: str) -> Entry | None:
    row = connection.execute(deliveries.select().where(deliveries.c.guid == guid)).one_or_none()
    return _entry(row) if row else None


def begin(connection: sa.Connection, guid: str, job_id: str, now: datetime) -> Entry | None:
    """Mark as running. None where the row has ended or belongs to another job."""
    values = {"state": State.RUNNING.value, "started_at": now, "next_try_at": None}
    return find(connection, guid) if _change(connection, guid, job_id, OPEN, values) else None


def end(
    connection: sa.Connection,
    entry: Entry,
    state: State,
    now: datetime,
    *,
    error: str | None = None,
    review_id: str | None = None,
) -> bool:
    """Close the row, unless another job has it by now."""
    values = {"state": state.value, "finished_at": now, "error": error, "review_id": review_id}
    return _change(connection, entry.guid, entry.job_id, OPEN, values)


def postpone(connection: sa.Connection, entry: Entry, until: datetime, attempts: int, reason: str) -> bool:
    """Hand the row to its next job, which begins at `until`."""
    values = {
        "state": State.WAITING.value,
        "job_id": entry.next_job_id,
        "jobs": entry.jobs + 1,
        "attempts": attempts,
        "next_try_at": until,
        "error": reason,
    }
    return _change(connection, entry.guid, entry.job_id, OPEN, values)


def reopen(connection: sa.Connection, entry: Entry, *, is_forced: bool) -> bool:
    """Hand an ended row to its next job, which begins at once."""
    values = {
        "state": State.ACCEPTED.value,
        "job_id": entry.next_job_id,
        "jobs": entry.jobs + 1,
        "attempts": 0,
        "is_forced": is_forced,
        "error": None,
        "next_try_at": None,
        "finished_at": None,
    }
    return _change(connection, entry.guid, entry.job_id, ENDED, values)


def unended(connection: sa.Connection, limit: int) -> list[Entry]:
    """The oldest rows that still wait for their end."""
    query = deliveries.select().where(deliveries.c.state.in_(OPEN)).order_by(deliveries.c.seq).limit(limit)
    return [_entry(row) for row in connection.execute(query)]


def states(connection: sa.Connection, guids: Collection[str]) -> Mapping[str, State]:
    """Of those that ever arrived, by guid."""
    query = sa.select(deliveries.c.guid, deliveries.c.state).where(deliveries.c.guid.in_(guids))
    return {row.guid: State(row.state) for row in connection.execute(query)}


def waiting_changes(connection: sa.Connection, change_keys: Collection[str]) -> frozenset[str]:
    """The changes, of those asked for, about which something is under way."""
    query = sa.select(deliveries.c.change_key).where(
        deliveries.c.change_key.in_(change_keys), deliveries.c.state.in_(OPEN)
    )
    return frozenset(connection.scalars(query))


def forget(connection: sa.Connection, before: datetime) -> int:
    """Delete rows that ended before `before`; how many there were."""
    return connection.execute(deliveries.delete().where(deliveries.c.finished_at < before)).rowcount


def _change(
    connection: sa.Connection, guid: str, job_id: str, states: frozenset[State], values: dict[str, Any]
) -> bool:
    expected = (deliveries.c.guid == guid) & (deliveries.c.job_id == job_id) & deliveries.c.state.in_(states)
    return connection.execute(deliveries.update().where(expected).values(values)).rowcount == 1


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(
        seq=row.seq,
        guid=row.guid,
        request=decode(row.request),
        state=State(row.state),
        job_id=row.job_id,
        jobs=row.jobs,
        attempts=row.attempts,
        is_forced=row.is_forced,
        received_at=row.received_at,
    )
