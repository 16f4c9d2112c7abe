"""How far rounds came and whose turn it is, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.store.marks import Marks
from bot.store.resent import Resent, Sent, forget

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_mark_stands_where_it_was_moved_to(engine: sa.Engine) -> None:
    marks = Marks(engine)
    assert marks.read("a") is None
    marks.move("a", NOW)
    marks.move("b", NOW)
    marks.move("a", NOW - MINUTE)
    assert (marks.read("a"), marks.read("b")) == (NOW - MINUTE, NOW)


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(0, False), (59, False), (60, True), (600, True)],
    ids=["at once", "too early", "in time", "late"],
)
def test_a_turn_comes_back_after_a_pause(engine: sa.Engine, seconds: int, taken: bool) -> None:
    marks = Marks(engine)
    assert marks.take("a", NOW, MINUTE)
    assert marks.take("b", NOW, MINUTE)
    assert marks.take("a", NOW + timedelta(seconds=seconds), MINUTE) is taken


@pytest.mark.parametrize("prepare", [lambda marks: None, lambda marks: marks.move("a", NOW - MINUTE)])
def test_of_many_who_want_the_turn_one_has_it(engine: sa.Engine, prepare: Callable[[Marks], None]) -> None:
    prepare(Marks(engine))
    with ThreadPoolExecutor(6) as workers:
        taken = list(workers.map(lambda _: Marks(engine).take("a", NOW, MINUTE), range(6)))
    assert sum(taken) == 1


def test_what_was_sent_again_is_counted_for_each_forge(engine: sa.Engine) -> None:
    ours, theirs = Resent(engine, "github"), Resent(engine, "gitlab")
    for at in (NOW, NOW + MINUTE):
        ours.add("a", at)
    theirs.add("a", NOW)
    assert ours.of(["a", "b"]) == {"a": Sent(2, NOW + MINUTE)}
    assert theirs.of(["a"]) == {"a": Sent(1, NOW)}
    assert ours.of([]) == {}


def test_it_is_forgotten_in_the_end(engine: sa.Engine) -> None:
    resent = Resent(engine, "github")
    resent.add("old", NOW - MINUTE)
    resent.add("new", NOW)
    with engine.begin() as connection:
        forget(connection, NOW)
    assert list(resent.of(["old", "new"])) == ["new"]
