"""Whose turn it is when one change is pushed to again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.forges.base import Trigger
from bot.store.deliveries import OPEN, Entry, State
from bot.store.pushes import Push, recent_pushes

MAX_WAIT = timedelta(seconds=60)
"""So that somebody who never stops pushing still gets reviews."""

_ANSWERED = frozenset({State.DONE, State.FAILED, State.DEAD, State.IGNORED})


def is_overtaken(connection: sa.Connection, entry: Entry, now: datetime) -> bool:
    """Whether a delivery may go unanswered because of a newer one, before it is begun or while it runs.

    A person who asked gets an answer, whatever was pushed since; so does an operator's redrive.
    """
    if entry.request.trigger is not Trigger.PUSH or entry.is_forced:
        return False
    return is_superseded(entry.seq, recent_pushes(connection, entry.request.change.key), now)


def is_superseded(seq: int, pushes: Sequence[Push], now: datetime) -> bool:
    """Whether the push `seq` may go unanswered because a newer one is or will be.

    Arrival order decides, not the queue's. A review always reads the newest head, so a push that goes
    ahead after MAX_WAIT answers for the newer ones too.
    """
    newer = {push.state for push in pushes if push.seq > seq}
    if State.DONE in newer:
        return True
    return bool(newer & OPEN) and now - _waiting_since(pushes, now) < MAX_WAIT


def _waiting_since(pushes: Sequence[Push], now: datetime) -> datetime:
    """When the oldest push arrived that no answer followed."""
    answered = max((push.seq for push in pushes if push.state in _ANSWERED), default=0)
    return min((push.received_at for push in pushes if push.seq > answered), default=now)
