"""When a delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.patience import next_try

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "attempts", "earliest", "latest"),
    [
        pytest.param(2, 1, 2, 3, id="the forge's word is enough the first time"),
        pytest.param(0, 1, 30, 34, id="no word from the forge"),
        pytest.param(2, 2, 60, 67, id="a word that was too hopeful"),
        pytest.param(3600, 2, 3600, 3607, id="the forge wants longer"),
        pytest.param(0, 11, 1800, 1981, id="never longer than half an hour"),
    ],
)
def test_pause(told: int, attempts: int, earliest: int, latest: int) -> None:
    at = NOW + timedelta(seconds=told)
    pauses = [(next_try(NOW, at, attempts) - NOW).total_seconds() for _ in range(50)]
    assert min(pauses) >= earliest
    assert max(pauses) <= latest
    assert len(set(pauses)) > 1
