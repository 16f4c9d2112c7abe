"""Changes that nobody told us of, or that other settings hold for now: found and put into the queue.

The sweep asks for a survey of each place through the queue, so that a limit of one holds up no other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import structlog

from bot.counters import count_swept
from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.rounds import Rounds, Unreviewed
from bot.jobs.queue import Acceptance, Queue
from bot.store import deliveries
from bot.store.deliveries import Delivery, State
from bot.store.reviews import Reviews

EVENT = "sweep"

YOUNG = timedelta(minutes=1)
"""A change just touched has a webhook on its way."""

MOST = 1000
"""Found in one survey. What is beyond is found by the next, when these have their reviews."""

log = structlog.stdlib.get_logger(__name__)


def sweep(rounds: Rounds, queue: Queue) -> None:
    """Ask for a survey of every place. Each has one delivery, driven anew each time."""
    for place in rounds.places():
        guid = f"survey-{place.forge}-{place.installation}"
        if queue.accept(Delivery(guid, EVENT, Request(place, Trigger.SURVEY))) is Acceptance.DUPLICATE:
            queue.redrive(guid)


@dataclass(frozen=True, slots=True)
class Surveys:
    """Answers surveys, of the forges that can be asked."""

    rounds: Mapping[str, Rounds]
    queue: Queue

    def answer(self, request: Request, guid: str) -> None:
        """Put into the queue what lacks a review, or all onto the branch that the survey is about."""
        place = request.change
        rounds = self.rounds.get(place.forge)
        if rounds is None:
            return
        asked = datetime.now(UTC)
        found = rounds.unreviewed(place, request.branch)[:MOST]
        if request.branch:
            wanted = [Delivery(_again(guid, one), EVENT, one.request) for one in found]
        else:
            wanted = [Delivery(_once(one), EVENT, one.request) for one in self._lacking(found, asked)]
        taken = [one for one in wanted if self.queue.accept(one) is not Acceptance.DUPLICATE]
        count_swept(place.forge, len(taken))
        log.info("surveyed", open=len(found), queued=len(taken))

    def _lacking(self, found: Sequence[Unreviewed], asked: datetime) -> Sequence[Unreviewed]:
        """A review counts that the forge may not show yet. An older one never got its summary through."""
        keys = [one.request.change.key for one in found]
        with self.queue.engine.connect() as connection:
            waiting = deliveries.waiting_changes(connection, keys)
            states = deliveries.states(connection, [_once(one) for one in found])
        # Asked last: what has left the queue since the forge was asked is among them.
        reviewed = Reviews(self.queue.engine).heads(keys, asked - YOUNG)
        now = datetime.now(UTC)
        return [one for one in found if is_lacking(one, waiting, reviewed, states.get(_once(one)), now)]


def is_lacking(
    found: Unreviewed,
    waiting: Collection[str],
    reviewed: Collection[tuple[str, str]],
    state: State | None,
    now: datetime,
) -> bool:
    """Whether nobody else will review it. `state`: what became of an earlier sweep's delivery for this head.

    One that failed would fail again; one that died of an outage has a right to another try.
    """
    key = found.request.change.key
    if key in waiting or (key, found.request.head) in reviewed:
        return False
    return found.touched_at <= now - YOUNG and state in (None, State.DEAD)


def _once(found: Unreviewed) -> str:
    """The same for every sweep that finds this head."""
    return f"sweep-{_digest(found.request.change)}-{found.request.head}"


def _again(guid: str, found: Unreviewed) -> str:
    """The same each time that this survey is tried."""
    return f"{guid[:100]}-{_digest(found.request.change)}"


def _digest(change: ChangeRef) -> str:
    return sha256(change.key.encode()).hexdigest()[:16]
