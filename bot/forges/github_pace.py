"""How fast we go for one installation: slower than GitHub allows, so that nobody else is shut out.

It allows 80 writes a minute and 500 an hour, and asks for a second between two; an Enterprise Server has no
limits unless somebody set them. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import OverBudget

OnBudget = Callable[[str, int, datetime], None]
"""Hears what is left of a resource (core, graphql) until when."""

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What we allow ourselves for one installation and process."""

    seconds_between_writes: float = 1.0
    writes_a_minute: int = 60
    writes_an_hour: int = 400
    writes_a_review: int = 5
    """Nothing is begun that has not so many to spend."""
    requests_left_to_others: int = 50
    longest_wait_seconds: float = 2.0
    """Whoever would have to wait longer comes back later instead."""


def _now() -> datetime:
    return datetime.now(UTC)


class Pace:
    """One installation's writes, one after the other. Shared by all threads that speak for it."""

    def __init__(
        self,
        allowance: Allowance,
        on_budget: OnBudget | None = None,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allowance = allowance
        self._on_budget = on_budget
        self._now = now
        self._sleep = sleep
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._ends: deque[datetime] = deque(maxlen=allowance.writes_an_hour)
        self._left: dict[str, tuple[int, datetime]] = {}

    def begin(self) -> None:
        """Raises OverBudget where what is about to begin might not come to its end within the limits."""
        now, allowance = self._now(), self._allowance
        with self._lock:
            low = [one for one in self._left.values() if one[0] < allowance.requests_left_to_others]
        reset = max((reset for _, reset in low), default=now)
        if reset > now:
            raise OverBudget(reset, "few requests are left, and they are for others")
        room = self._room_for(allowance.writes_a_review)
        if room > now:
            raise OverBudget(room, "enough was written for now")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around each write. Waits its turn, or raises OverBudget where that would take too long."""
        longest = timedelta(seconds=self._allowance.longest_wait_seconds)
        latest = self._now() + longest
        if not self._turn.acquire(timeout=longest.total_seconds()):
            raise OverBudget(latest, "others are writing")
        try:
            self._wait(latest)
            try:
                yield
            finally:
                with self._lock:
                    self._ends.append(self._now())
        finally:
            self._turn.release()

    def heard(self, headers: Mapping[str, str]) -> None:
        """Remember what an answer says about the limit. Header names are in lower case."""
        left, reset = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
        if not left.isdecimal() or not reset.isdecimal():
            return
        at = datetime.fromtimestamp(int(reset[:10]), UTC)
        resource = headers.get("x-ratelimit-resource", "core")
        with self._lock:
            self._left[resource] = (int(left), at)
        if self._on_budget:
            self._on_budget(resource, int(left), at)

    def _wait(self, latest: datetime) -> None:
        between = timedelta(seconds=self._allowance.seconds_between_writes)
        free = self._room_for(1)
        with self._lock:
            free = max(free, self._ends[-1] + between) if self._ends else free
        now = self._now()
        if free > max(now, latest):
            raise OverBudget(free, "enough was written for now")
        if free > now:
            self._sleep((free - now).total_seconds())

    def _room_for(self, wanted: int) -> datetime:
        """When so many writes fit into the minute and into the hour."""
        with self._lock:
            ends = tuple(self._ends)
        windows = (_MINUTE, self._allowance.writes_a_minute), (_HOUR, self._allowance.writes_an_hour)
        return max(_free_at(ends, window, max(0, most - wanted)) for window, most in windows)


def _free_at(ends: Sequence[datetime], window: timedelta, most: int) -> datetime:
    """When no more than `most` of the writes lie within the window."""
    return ends[-most - 1] + window if len(ends) > most else _LONG_AGO
