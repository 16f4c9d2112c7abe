"""Which push of many is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.turn import is_superseded
from bot.store.deliveries import State
from bot.store.pushes import Push

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def pushes(*rows: tuple[int, State, float]) -> list[Push]:
    """Rows of arrival number, state and age in seconds."""
    return [Push(seq, state, NOW - timedelta(seconds=age)) for seq, state, age in reversed(rows)]


@pytest.mark.parametrize(
    ("seq", "rows"),
    [
        pytest.param(1, [(1, State.RUNNING, 5)], id="the only one"),
        pytest.param(2, [(1, State.DONE, 50), (2, State.RUNNING, 5)], id="the newest, an older is done"),
        pytest.param(2, [(1, State.WAITING, 50), (2, State.RUNNING, 5)], id="the newest, an older waits"),
        pytest.param(1, [(1, State.RUNNING, 9), (2, State.FAILED, 5)], id="a newer one failed"),
        pytest.param(1, [(1, State.RUNNING, 61), (2, State.ACCEPTED, 5)], id="has waited too long itself"),
        pytest.param(
            9,
            [
                (7, State.SUPERSEDED, 61),
                (8, State.SUPERSEDED, 30),
                (9, State.RUNNING, 6),
                (10, State.ACCEPTED, 2),
            ],
            id="the streak has lasted too long",
        ),
    ],
)
def test_is_answered(seq: int, rows: list[tuple[int, State, float]]) -> None:
    assert not is_superseded(seq, pushes(*rows), NOW)


@pytest.mark.parametrize(
    ("seq", "rows"),
    [
        pytest.param(1, [(1, State.RUNNING, 6), (2, State.ACCEPTED, 2)], id="a newer one waits"),
        pytest.param(1, [(1, State.RUNNING, 900), (2, State.DONE, 2)], id="a newer one is answered"),
        pytest.param(
            3,
            [(1, State.SUPERSEDED, 300), (2, State.DONE, 290), (3, State.RUNNING, 6), (4, State.ACCEPTED, 2)],
            id="an old streak that was answered does not count",
        ),
    ],
)
def test_is_superseded(seq: int, rows: list[tuple[int, State, float]]) -> None:
    assert is_superseded(seq, pushes(*rows), NOW)
