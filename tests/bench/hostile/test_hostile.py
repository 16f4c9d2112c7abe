"""Hostile trees end, with the process alive and its memory kept. `make bench` shows the time they take."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

import pytest

from tests.bench.hostile.case import MOST_MEGABYTES, Hostile
from tests.bench.hostile.cases import CASES


@cache
def measured() -> Mapping[str, Mapping[str, object]]:
    """What each did, all of them by one program that starts a process for each."""
    command = [sys.executable, "-m", "tests.bench.hostile"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {row["name"]: row for row in map(json.loads, answer.splitlines())}


@pytest.mark.process
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_keeps_within_its_limits(case: Hostile) -> None:
    row = measured()[case.name]

    assert "died" not in row, "broken off after a minute, out of memory, or crashed"
    assert isinstance(row["megabytes"], int)
    assert row["megabytes"] < MOST_MEGABYTES
    if case.is_given_up is not None:
        assert bool(row["notes"]) is case.is_given_up, row["note"]
