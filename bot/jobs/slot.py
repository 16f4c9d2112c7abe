"""A worker's place, held by one process at a time.

Two workers of one name would take each other's jobs for those of a crashed predecessor.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from zlib import crc32

import sqlalchemy as sa

from bot.errors import Misconfigured

PATIENCE_SECONDS = 60.0
"""For a predecessor that is still finishing its jobs, as in a rolling update."""

_LOOK_SECONDS = 0.2
_LOCK_FAMILY = 5_417


@dataclass(frozen=True, slots=True)
class Slot:
    """`name` stays the same across restarts, so that a restarted worker finds its unfinished jobs."""

    name: str
    concurrency: int


@contextmanager
def hold(
    engine: sa.Engine, slot: Slot, stop: threading.Event, patience: float = PATIENCE_SECONDS
) -> Iterator[None]:
    """Have the slot to ourselves.

    Raises Misconfigured where somebody else keeps it for `patience` seconds, SystemExit on `stop`.
    """
    take = _take_file if engine.dialect.name == "sqlite" else _take_lock
    deadline = time.monotonic() + patience
    with ExitStack() as held:
        while not take(engine, slot.name, held):
            if stop.wait(_LOOK_SECONDS):
                raise SystemExit(0)
            if time.monotonic() >= deadline:
                raise Misconfigured(f"WORKER_ID {slot.name} is in use; every worker needs a name of its own")
        yield


def _take_file(engine: sa.Engine, name: str, held: ExitStack) -> bool:
    """The system drops the lock with the process, however it ends."""
    number = os.open(f"{engine.url.database}.{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        return False
    held.callback(os.close, number)
    return True


def _take_lock(engine: sa.Engine, name: str, held: ExitStack) -> bool:
    """PostgreSQL drops the lock with the connection."""
    connection = held.enter_context(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
    key = crc32(name.encode()) - 2**31
    if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK_FAMILY, key))):
        held.callback(connection.invalidate)
        return True
    connection.close()
    return False
