"""What we found when we first looked, told on one change alone; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.forges.base import Change, ChangeRef
from bot.store.repositories import Repositories
from tests.bot.review.pieces import change


def numbered(number: int, repository: str = "acme/orders") -> Change:
    return change(ref=ChangeRef("github", repository, number))


@pytest.fixture
def repositories(engine: sa.Engine) -> Repositories:
    return Repositories(engine)


def test_the_first_change_is_told(repositories: Repositories) -> None:
    assert repositories.record_baseline(numbered(7), 41) == 41


def test_it_is_told_the_same_when_it_is_looked_at_again(repositories: Repositories) -> None:
    repositories.record_baseline(numbered(7), 41)

    assert repositories.record_baseline(numbered(7), 40) == 41


def test_no_other_change_is_told(repositories: Repositories) -> None:
    repositories.record_baseline(numbered(7), 41)

    assert repositories.record_baseline(numbered(8), 41) == 0


def test_each_repository_has_its_own(repositories: Repositories) -> None:
    repositories.record_baseline(numbered(7), 41)

    assert repositories.record_baseline(numbered(7, "acme/shop"), 3) == 3


def test_of_changes_reviewed_at_one_time_one_is_told(repositories: Repositories) -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda number: repositories.record_baseline(numbered(number), 41), range(1, 9)))

    assert sorted(told) == [0] * 7 + [41]
