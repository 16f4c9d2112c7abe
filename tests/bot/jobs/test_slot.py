"""A slot is held by one worker at a time."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from bot.errors import Misconfigured
from bot.jobs.slot import Slot, hold

W1 = Slot("w1", 1)


def test_nobody_else_gets_it(engine: sa.Engine) -> None:
    stop = threading.Event()
    with (
        hold(engine, W1, stop),
        pytest.raises(Misconfigured, match="w1 is in use"),
        hold(engine, W1, stop, patience=0.3),
    ):
        pytest.fail("the slot was given twice")


def test_another_slot_is_free(engine: sa.Engine) -> None:
    stop = threading.Event()
    with hold(engine, W1, stop, patience=0), hold(engine, Slot("w2", 1), stop, patience=0):
        pass


def test_it_is_free_again_afterwards(engine: sa.Engine) -> None:
    for _ in range(2):
        with hold(engine, W1, threading.Event(), patience=0):
            pass
