"""What people said no to is remembered for its change, until they take it back."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.dismissals import Dismissal, Dismissals, Kind

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


def test_what_is_taken_back_is_gone(engine: sa.Engine) -> None:
    dismissals = Dismissals(engine)
    dismissals.add(CHANGE, RESOLVED)

    assert [dismissals.remove(CHANGE, "0badc0de") for _ in range(2)] == [True, False]
    assert dismissals.of(CHANGE) == {}
