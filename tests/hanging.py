"""Tells an endless loop or an explosion from slow work. How fast things are is for `make bench` to say."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

MOST_SECONDS = 60.0
"""Of processor time, for work of a second or two; what explodes takes minutes or years."""


@contextmanager
def must_end(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Break off, and fail, after so much processor time of this process, however busy the machine is."""
    before = signal.signal(signal.SIGPROF, _break_off)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    pytest.fail("this does not end")
