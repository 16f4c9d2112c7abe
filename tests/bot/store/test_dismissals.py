"""What people said no to is remembered for its change, until they take it back."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.store.dismissals import Dismissal, Dismissals, Kind
from bot.store.tables import feedback

CHANGE = "github:acme/shop#1"
RESOLVED = Dismissal("0badc0de", Kind.RESOLVED, "some-rule", "lines", actor="ann")


def test_nothing_is_dismissed_by_itself(engine: sa.Engine) -> None:
    assert Dismissals(engine).of(CHANGE) == {}


def test_a_dismissal_holds_for_its_own_change_only(engine: sa.Engine) -> None:
    dismissals = Dismissals(engine)
    dismissals.add(CHANGE, RESOLVED)

    assert dismissals.of(CHANGE) == {"0badc0de": RESOLVED}
    assert dismissals.of("github:acme/shop#2") == {}


def test_the_last_word_counts(engine: sa.Engine) -> None:
    dismissals = Dismissals(engine)
    ignored = Dismissal("0badc0de", Kind.IGNORED, "some-rule", reason="a test image", actor="bob")
    dismissals.add(CHANGE, RESOLVED)
    dismissals.add(CHANGE, ignored)

    assert dismissals.of(CHANGE) == {"0badc0de": ignored}


def test_what_was_said_in_words_is_not_undone_without(engine: sa.Engine) -> None:
    dismissals = Dismissals(engine)
    ignored = Dismissal(
        "0badc0de", Kind.IGNORED, "some-rule", reason="a test image", actor="bob", thread="12"
    )
    dismissals.add(CHANGE, ignored)
    dismissals.add(CHANGE, RESOLVED)

    assert dismissals.of(CHANGE) == {"0badc0de": ignored}


@pytest.mark.parametrize(
    ("kinds", "counted"),
    [
        pytest.param([Kind.RESOLVED], [], id="nothing was said"),
        pytest.param([Kind.IGNORED], [("ignored", 1)], id="ignored"),
        pytest.param([Kind.IGNORED, Kind.IGNORED], [("ignored", 1)], id="said twice"),
        pytest.param([Kind.IGNORED, Kind.FALSE_POSITIVE], [("false-positive", 1)], id="the last word"),
    ],
)
def test_what_was_said_is_feedback(
    engine: sa.Engine, kinds: list[Kind], counted: list[tuple[str, int]]
) -> None:
    for kind in kinds:
        Dismissals(engine).add(CHANGE, replace(RESOLVED, kind=kind))

    assert opinions(engine) == counted


def test_a_word_may_count_alone(engine: sa.Engine) -> None:
    for _ in range(2):
        Dismissals(engine).hear(CHANGE, replace(RESOLVED, kind=Kind.FALSE_POSITIVE))

    assert (opinions(engine), Dismissals(engine).of(CHANGE)) == ([("false-positive", 1)], {})


def test_what_is_taken_back_is_no_feedback(engine: sa.Engine) -> None:
    Dismissals(engine).add(CHANGE, replace(RESOLVED, kind=Kind.IGNORED))
    Dismissals(engine).remove(CHANGE, "0badc0de")

    assert opinions(engine) == []


def opinions(engine: sa.Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(feedback.c.kind, feedback.c.count)).all()
    return [(row.kind, row.count) for row in rows]


def test_what_is_taken_back_is_gone(engine: sa.Engine) -> None:
    dismissals = Dismissals(engine)
    dismissals.add(CHANGE, RESOLVED)

    assert [dismissals.remove(CHANGE, "0badc0de") for _ in range(2)] == [True, False]
    assert dismissals.of(CHANGE) == {}
