"""How often and after which pause a delivery is tried again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

MAX_ATTEMPTS = 12
"""With the pauses below this outlasts an outage of three hours."""

NEW = timedelta(seconds=30)
"""So long after its arrival an event may speak of what the forge itself does not know yet."""

LAG = timedelta(seconds=3)
"""Before the forge is asked again for what it did not know."""

_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(minutes=30)


def next_try(now: datetime, at: datetime, attempts: int) -> datetime:
    """Not before `at`, and later each time. Jitter keeps those who wait together from returning together.

    The first time the forge's own word is enough, if it gave one. After that it may have been too hopeful.
    """
    is_told = attempts <= 1 and at > now
    pause = timedelta() if is_told else min(_LONGEST, _FIRST * 2 ** (attempts - 1))
    jitter = timedelta(seconds=1) + pause / 10
    return max(at, now + pause) + jitter * random.random()  # noqa: S311
