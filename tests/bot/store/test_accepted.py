"""The baseline of a repository."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.forges.base import ChangeRef
from bot.store.accepted import Acceptance, Accepted

CHANGE = ChangeRef("github", "acme/shop", 1)
ONE = Acceptance("0badc0de", "some-rule", "Dockerfile", "ann", "we know")
OTHER = Acceptance("22222222", "some-rule", "go.mod", "ann")


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        pytest.param(replace(CHANGE, repository="acme/orders"), {}, id="not in another repository"),
        pytest.param(replace(CHANGE, forge="local"), {}, id="not on another forge"),
        pytest.param(CHANGE, {"0badc0de": ONE}, id="on the change where it was said"),
        pytest.param(replace(CHANGE, number=2), {"0badc0de": ONE}, id="on every other of the repository"),
    ],
)
def test_what_is_accepted_is_known(engine: sa.Engine, asked: ChangeRef, known: object) -> None:
    Accepted(engine).add(CHANGE, [ONE])

    assert Accepted(engine).of(asked) == known


def test_the_last_word_counts(engine: sa.Engine) -> None:
    accepted = Accepted(engine)
    accepted.add(CHANGE, [ONE, OTHER])
    later = replace(ONE, actor="bob")
    accepted.add(replace(CHANGE, number=2), [later])

    assert accepted.of(CHANGE) == {"0badc0de": later, "22222222": OTHER}


def test_what_is_taken_back_is_gone(engine: sa.Engine) -> None:
    accepted = Accepted(engine)
    accepted.add(CHANGE, [ONE, OTHER])
    accepted.remove(replace(CHANGE, number=2), ["0badc0de", "nobody knows"])

    assert accepted.of(CHANGE) == {"22222222": OTHER}


def test_nothing_may_be_accepted(engine: sa.Engine) -> None:
    Accepted(engine).add(CHANGE, [])

    assert Accepted(engine).of(CHANGE) == {}
