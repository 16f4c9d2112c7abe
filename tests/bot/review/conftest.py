"""A change on which people give orders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.forges.local_stage import local_stage
from tests.bot.review.crowd import Scene


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Scene]:
    with local_stage(tmp_path) as stage:
        yield Scene(stage)
