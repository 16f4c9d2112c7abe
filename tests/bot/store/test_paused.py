"""Changes on which quiet was asked for."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.paused import Paused

CHANGE = "github:acme/shop#1"


def test_no_change_is_paused_by_itself(engine: sa.Engine) -> None:
    assert Paused(engine).by(CHANGE) is None


def test_a_pause_is_of_who_asked_first_and_of_one_change(engine: sa.Engine) -> None:
    paused = Paused(engine)
    paused.begin(CHANGE, "ann")
    paused.begin(CHANGE, "bob")

    assert (paused.by(CHANGE), paused.by("github:acme/shop#2")) == ("ann", None)


def test_a_pause_ends(engine: sa.Engine) -> None:
    paused = Paused(engine)
    paused.begin(CHANGE, "ann")
    for _ in range(2):
        paused.end(CHANGE)

    assert paused.by(CHANGE) is None
