"""What we posted is written down for its change, before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.store.posted import Posted, Posting

CHANGE = "github:acme/shop#1"
ONE = Posting("0badc0de", "some-rule", "a/Größe.yaml", "d1gest", "a" * 40, datetime(2026, 11, 27, tzinfo=UTC))
TWO = replace(ONE, fingerprint="11111111", is_landed=True)


def test_nothing_is_posted_by_itself(engine: sa.Engine) -> None:
    posted = Posted(engine)
    posted.put(CHANGE, [])
    posted.forget(CHANGE, [])

    assert posted.of(CHANGE) == {}


def test_postings_are_kept_as_they_were_for_their_own_change(engine: sa.Engine) -> None:
    posted = Posted(engine)
    posted.put(CHANGE, [ONE, TWO])

    assert posted.of(CHANGE) == {"0badc0de": ONE, "11111111": TWO}
    assert posted.of("github:acme/shop#2") == {}


def test_the_last_word_about_a_finding_counts(engine: sa.Engine) -> None:
    posted = Posted(engine)
    posted.put(CHANGE, [ONE, TWO])
    posted.put(CHANGE, [replace(ONE, head="b" * 40, is_landed=True)])

    assert posted.of(CHANGE)["0badc0de"] == replace(ONE, head="b" * 40, is_landed=True)
    assert posted.of(CHANGE)["11111111"] == TWO


def test_what_is_settled_is_forgotten(engine: sa.Engine) -> None:
    posted = Posted(engine)
    posted.put(CHANGE, [ONE, TWO])
    posted.forget(CHANGE, ["0badc0de", "22222222"])

    assert posted.of(CHANGE) == {"11111111": TWO}


def test_a_path_that_is_no_text_does_no_harm(engine: sa.Engine) -> None:
    posted = Posted(engine)
    posted.put(CHANGE, [replace(ONE, path=b"\xff.yaml".decode("utf-8", "surrogateescape"))])

    assert posted.of(CHANGE)["0badc0de"].path == "?.yaml"
