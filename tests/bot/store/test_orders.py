"""Commands that are obeyed only so often."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.store.orders import Orders

CHANGE = "github:acme/shop#1"
LONG, OVER = timedelta(hours=1), timedelta(seconds=-1)


@pytest.mark.parametrize(
    ("change", "name", "delivery", "every", "may"),
    [
        pytest.param(CHANGE, "help", "b", LONG, False, id="the same too soon"),
        pytest.param(CHANGE, "help", "", LONG, False, id="too soon, from nowhere"),
        pytest.param(CHANGE, "help", "a", LONG, True, id="the same delivery once more"),
        pytest.param(CHANGE, "help", "b", OVER, True, id="the same when it is time again"),
        pytest.param(CHANGE, "config", "b", LONG, True, id="another command"),
        pytest.param("github:acme/shop#2", "help", "b", LONG, True, id="on another change"),
    ],
)
def test_obeyed_after_help_by_delivery_a(
    engine: sa.Engine, change: str, name: str, delivery: str, every: timedelta, may: bool
) -> None:
    orders = Orders(engine)
    assert orders.claim(CHANGE, "help", "a", LONG)

    assert orders.claim(change, name, delivery, every) is may


def test_orders_from_nowhere_are_different_ones(engine: sa.Engine) -> None:
    orders = Orders(engine)

    assert [orders.claim(CHANGE, "help", "", LONG) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("name", "delivery", "is_by"),
    [("help", "b", True), ("help", "a", False), ("config", "b", False), ("help", "", False)],
)
def test_it_is_known_who_brought_it_last(engine: sa.Engine, name: str, delivery: str, is_by: bool) -> None:
    for guid in "ab":
        Orders(engine).claim(CHANGE, "help", guid, OVER)

    assert Orders(engine).is_by(CHANGE, name, delivery) is is_by


def test_a_very_long_name_is_one(engine: sa.Engine) -> None:
    orders = Orders(engine)

    assert [orders.claim(CHANGE, "x" * 5_000, guid, LONG) for guid in "ab"] == [True, False]
