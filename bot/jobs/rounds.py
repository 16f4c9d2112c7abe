"""What is looked after from time to time, by one worker for all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError

from bot.errors import Gone, NotAllowed, TryLater
from bot.store.marks import Marks

RESTART = timedelta(minutes=1)
"""A worker that starts makes all rounds at once, unless another has just done so."""

_LOOK_SECONDS = 60
_NONSENSE = (LookupError, TypeError, ValueError, AttributeError, RuntimeError)
_TROUBLE = (TryLater, Gone, NotAllowed, DBAPIError, *_NONSENSE)
"""A forge that is away, or whose answer makes no sense, must not end the rounds."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """`work` is called with the time, once every `pause`. `name` is the same in all workers."""

    name: str
    pause: timedelta
    work: Callable[[datetime], object]


def go_round(engine: sa.Engine, rounds: Sequence[Round], *, is_start: bool = False) -> None:
    """Make those whose time has come, and of which no other worker took the turn."""
    for one in rounds:
        now = datetime.now(UTC)
        try:
            if Marks(engine).take(f"turn:{one.name}", now, RESTART if is_start else one.pause):
                one.work(now)
        except _TROUBLE as reason:
            log.warning("round_failed", round=one.name, reason=f"{type(reason).__name__}: {reason}")


def keep_going(engine: sa.Engine, rounds: Sequence[Round], stop: threading.Event) -> None:
    """Make rounds until `stop` is set."""
    go_round(engine, rounds, is_start=True)
    log.info("rounds_made", rounds=[one.name for one in rounds])
    while not stop.wait(_LOOK_SECONDS):
        go_round(engine, rounds)
