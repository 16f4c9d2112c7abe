"""What people may do in a repository, remembered for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cachetools import TTLCache

from bot.forges.base import Level

_REMEMBERED_SECONDS = 300.0
_REMEMBERED = 2_000


class Levels:
    """For five minutes. Safe to share between threads."""

    def __init__(self) -> None:
        self._known: TTLCache[tuple[str, str], Level] = TTLCache(_REMEMBERED, _REMEMBERED_SECONDS)
        self._lock = threading.Lock()

    def of(self, repository: str, person: str, read: Callable[[str, str], Level]) -> Level:
        """The level of a person, from memory or from `read`, which is asked without the lock held."""
        key = (repository, person)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = read(*key)
            with self._lock:
                self._known[key] = known
        return known
