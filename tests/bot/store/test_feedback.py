"""What readers thought of our comments is counted once."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.feedback import Feedback, Opinion, Sign

CHANGE = "github:acme/shop#1"
UP = Opinion("0badc0de", "some-rule", Sign.UP, 3)
DOWN = Opinion("0badc0de", "some-rule", Sign.DOWN, 1)


def test_nobody_has_an_opinion_by_themselves(engine: sa.Engine) -> None:
    feedback = Feedback(engine)
    feedback.put(CHANGE, [])
    feedback.put(CHANGE, [Opinion("0badc0de", "some-rule", Sign.UP, 0)])

    assert feedback.of(CHANGE) == frozenset()


def test_opinions_are_kept_by_change_finding_and_sign(engine: sa.Engine) -> None:
    feedback = Feedback(engine)
    feedback.put(CHANGE, [UP, DOWN])
    feedback.put("github:acme/shop#2", [Opinion("11111111", "some-rule", Sign.FALSE_POSITIVE)])

    assert feedback.of(CHANGE) == {UP, DOWN}


def test_counted_again_they_are_replaced(engine: sa.Engine) -> None:
    feedback = Feedback(engine)
    more, none = Opinion("0badc0de", "some-rule", Sign.UP, 4), Opinion("0badc0de", "some-rule", Sign.DOWN, 0)
    feedback.put(CHANGE, [UP, DOWN])
    feedback.put(CHANGE, [more, none])

    assert feedback.of(CHANGE) == {more}
