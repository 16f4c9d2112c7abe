"""What is kept of a change ends with it, long after its last review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from analyzers.finding import Report
from bot.forges.base import ChangeRef, Conclusion, Summary
from bot.store.accepted import Acceptance, Accepted
from bot.store.changes import forget
from bot.store.dismissals import Dismissal, Dismissals, Kind
from bot.store.feedback import Feedback
from bot.store.orders import Orders
from bot.store.paused import Paused
from bot.store.posted import Posted, Posting
from bot.store.reviews import Record, Reviews
from tests.bot.review.pieces import change

NOW = datetime.now(UTC)
CHANGE = change()
KEY = CHANGE.ref.key
HOUR = timedelta(hours=1)


def say_all(engine: sa.Engine) -> None:
    Posted(engine).put(KEY, [Posting("0badc0de", "some-rule", "Dockerfile", "", "", NOW, True)])
    Dismissals(engine).add(KEY, Dismissal("0badc0de", Kind.IGNORED, "some-rule", reason="a drill"))
    Paused(engine).begin(KEY, "ann")
    Orders(engine).claim(KEY, "help", "d1", HOUR)
    Accepted(engine).add(CHANGE.ref, [Acceptance("11111111", "some-rule", "Dockerfile")])


def review(engine: sa.Engine, ref: ChangeRef, review_id: str) -> None:
    report = Report((), (), (), 1, 0.1, {}, 1, 0)
    Reviews(engine).remember(
        review_id, Record(change(ref=ref), report, Summary(Conclusion.SUCCESS, "Clean", "words"))
    )


def kept(engine: sa.Engine) -> list[object]:
    return [Posted(engine).of(KEY), Dismissals(engine).of(KEY), Paused(engine).by(KEY)]


def test_nothing_young_is_forgotten(engine: sa.Engine) -> None:
    say_all(engine)
    forget(engine, NOW - HOUR)

    assert all(kept(engine))
    assert Orders(engine).claim(KEY, "help", "d2", HOUR) is False
    assert Feedback(engine).of(KEY)


@pytest.mark.parametrize(
    ("number", "is_kept"),
    [pytest.param(7, True, id="its own review"), pytest.param(8, False, id="a review of another change")],
)
def test_what_people_said_lives_as_long_as_reviews_go_on(
    engine: sa.Engine, number: int, *, is_kept: bool
) -> None:
    say_all(engine)
    between = datetime.now(UTC)
    review(engine, ChangeRef("github", "acme/orders", number), "r1")
    forget(engine, between)

    assert list(map(bool, kept(engine))) == [is_kept] * 3


def test_an_old_change_leaves_its_baseline_alone(engine: sa.Engine) -> None:
    say_all(engine)
    review(engine, CHANGE.ref, "r1")
    forget(engine, NOW + HOUR)

    assert not any(kept(engine))
    assert (Reviews(engine).find("r1"), Reviews(engine).latest(KEY)) == (None, None)
    assert Reviews(engine).heads([KEY], NOW - HOUR) == {(KEY, CHANGE.head)}
    assert Feedback(engine).of(KEY) == frozenset()
    assert Orders(engine).claim(KEY, "help", "d2", HOUR) is True
    assert Accepted(engine).of(CHANGE.ref)
