"""What may be sent a minute, counted on our side, so that the instance need not refuse us.

GitLab.com takes 60 new notes and 500 reads of files a minute from one user.
https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.errors import OverBudget

NOTES_A_MINUTE = 60
FILES_A_MINUTE = 500
_MINUTE = timedelta(minutes=1)


def _now() -> datetime:
    return datetime.now(UTC)


class Pace:
    """So many of a thing a minute. Safe to share between threads."""

    def __init__(self, thing: str, most: int, now: Callable[[], datetime] = _now) -> None:
        self._thing = thing
        self._most = most
        self._now = now
        self._taken: deque[datetime] = deque()
        self._lock = threading.Lock()

    def take(self, count: int = 1) -> None:
        """Make room for so many at once, all or none. Raises OverBudget with the time when there is room."""
        with self._lock:
            now = self._now()
            while self._taken and self._taken[0] <= now - _MINUTE:
                self._taken.popleft()
            excess = len(self._taken) + min(count, self._most) - self._most
            if excess > 0:
                raise OverBudget(self._taken[excess - 1] + _MINUTE, f"enough {self._thing} for this minute")
            self._taken.extend([now] * count)
