"""One delivery worked off: start, outcome, and what the ledger says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.counters import count_feedback
from bot.errors import Gone, NotAllowed, NotFound, OverBudget, Superseded, TryLater
from bot.forges.base import Request
from bot.jobs.patience import LAG, MAX_ATTEMPTS, NEW, next_try
from bot.jobs.queue import Queue
from bot.jobs.turn import is_overtaken
from bot.store import deliveries
from bot.store.blocked import block, blocked_until
from bot.store.deliveries import Entry, State

Work = Callable[[Request, str], str | None]
"""Answers a request that came with the guid. Returns the review's id, None where there was nothing to do."""

Apology = Callable[[Request, str, str], None]
"""Tells the people of the change that request (guid, reason) could not be answered."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Works off deliveries of `queue`. May be called for the same delivery more than once."""

    queue: Queue
    work: Work
    apologise: Apology

    def run(self, guid: str, job_id: str) -> None:
        entry = self._begin(guid, job_id)
        if entry is None:
            return
        change = entry.request.change
        with structlog.contextvars.bound_contextvars(
            delivery_id=guid,
            job_id=job_id,
            forge=change.forge,
            repo=change.repository,
            pr=change.number,
            installation=change.installation,
            actor=entry.request.actor,
            attempt=entry.attempts + 1,
        ):
            self._answer(entry)

    def _begin(self, guid: str, job_id: str) -> Entry | None:
        now = datetime.now(UTC)
        with self.queue.engine.begin() as connection:
            entry = deliveries.begin(connection, guid, job_id, now)
            if entry is None:
                return None
            if is_overtaken(connection, entry, now):
                deliveries.end(connection, entry, State.SUPERSEDED, now)
                return None
            until = blocked_until(connection, entry.request.change, now)
        if until is None:
            return entry
        reason = "the forge asked this installation to wait"
        self.queue.postpone(entry, next_try(now, until, 1), attempts=entry.attempts, reason=reason)
        return None

    def _answer(self, entry: Entry) -> None:
        started = datetime.now(UTC)
        try:
            review_id = self.work(entry.request, entry.guid)
        except TryLater as reason:
            self._try_later(entry, reason)
        except NotFound as reason:
            self._ask_again(entry, reason)
        except Superseded as reason:
            self._end(entry, State.SUPERSEDED, error=str(reason))
        except Gone as reason:
            self._end(entry, State.IGNORED, error=str(reason))
        except NotAllowed as reason:
            self._fail(entry, State.FAILED, str(reason))
        except (OperationalError, InterfaceError):
            # The database went away under us, so the ledger cannot be told. The sweep finds the row.
            raise
        except Exception as reason:
            log.exception("job_failed")
            self._fail(entry, State.FAILED, f"{type(reason).__name__}: {reason}")
        else:
            duration = int((datetime.now(UTC) - started).total_seconds() * 1000)
            self._end(entry, State.DONE, review_id=review_id)
            if review_id:
                _count(entry)
            log.info("job_done", review_id=review_id, duration_ms=duration)

    def _try_later(self, entry: Entry, reason: TryLater) -> None:
        attempts = entry.attempts + (0 if isinstance(reason, OverBudget) else 1)
        with self.queue.engine.begin() as connection:
            block(connection, entry.request.change, reason.at)
        if attempts >= MAX_ATTEMPTS:
            self._fail(entry, State.DEAD, str(reason))
            return
        until = next_try(datetime.now(UTC), reason.at, attempts)
        self.queue.postpone(entry, until, attempts=attempts, reason=str(reason))
        log.warning("job_waits", reason=str(reason), until=until.isoformat())

    def _ask_again(self, entry: Entry, reason: NotFound) -> None:
        now = datetime.now(UTC)
        if now - entry.received_at > NEW:
            self._end(entry, State.IGNORED, error=str(reason))
        else:
            self.queue.postpone(entry, now + LAG, attempts=entry.attempts, reason=str(reason))
            log.info("not_known_yet", reason=str(reason))

    def _fail(self, entry: Entry, state: State, reason: str) -> None:
        """Say so to the people first: after the ledger is closed nobody would.

        Where the forge cannot take it now, all is tried once more, unless that was tried long enough.
        """
        log.error("job_ended_without_answer", state=state.value, reason=reason)
        later = self.tell(entry, reason)
        if later and state is State.FAILED:
            self._try_later(entry, later)
        else:
            self._end(entry, state, error=reason)

    def tell(self, entry: Entry, reason: str) -> TryLater | None:
        """Tell the people. The forge's wish to be asked later is the answer."""
        try:
            self.apologise(entry.request, entry.guid, reason)
        except TryLater as later:
            log.warning("apology_waits", reason=str(later))
            return later
        except Exception:
            log.exception("apology_failed")
        return None

    def _end(
        self, entry: Entry, state: State, *, error: str | None = None, review_id: str | None = None
    ) -> None:
        with self.queue.engine.begin() as connection:
            deliveries.end(connection, entry, state, datetime.now(UTC), error=error, review_id=review_id)


def _count(entry: Entry) -> None:
    """An operator's redrive may come days later and says nothing about our speed."""
    if not entry.is_forced:
        waited = datetime.now(UTC) - entry.received_at
        count_feedback(entry.request.change.forge, waited.total_seconds())
