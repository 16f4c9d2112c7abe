"""Which missed deliveries are asked for again, and what a round leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.errors import Gone, TryLater
from bot.forges.base import ChangeRef
from bot.forges.rounds import Missed, Unreviewed
from bot.jobs.catching_up import MOST, OVERLAP, PAUSES, REACH, due, look_back, resend_missed, unsettled
from bot.jobs.queue import Queue
from bot.store.deliveries import State
from bot.store.marks import Marks
from bot.store.resent import Resent, Sent
from tests.bot.requests import deliver

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def lost(guid: str = "a", minutes: float = 10) -> Missed:
    return Missed(f"1{guid}", guid, ago(minutes))


@pytest.mark.parametrize(
    ("mark", "since"),
    [
        pytest.param(None, NOW - REACH, id="the first round ever"),
        pytest.param(ago(5), ago(5) - OVERLAP, id="five minutes later"),
        pytest.param(NOW - timedelta(days=9), NOW - REACH, id="after more than the forge remembers"),
    ],
)
def test_looks_back(mark: datetime | None, since: datetime) -> None:
    assert look_back(mark, NOW) == since


@pytest.mark.parametrize(
    ("known", "sent"),
    [
        pytest.param({"a": State.DONE}, {}, id="answered though the forge did not hear us"),
        pytest.param({"a": State.RUNNING}, {}, id="being answered"),
        pytest.param({"a": State.SUPERSEDED}, {}, id="overtaken"),
        pytest.param({"a": State.IGNORED}, {}, id="nothing to do"),
        pytest.param({}, {"a": Sent(3, ago(600))}, id="sent three times in vain"),
    ],
)
def test_is_settled(known: Mapping[str, State], sent: Mapping[str, Sent]) -> None:
    assert unsettled([lost()], known, sent) == []


@pytest.mark.parametrize(
    ("known", "sent"),
    [
        pytest.param({}, {}, id="never arrived"),
        pytest.param({"b": State.DONE}, {"b": Sent(3, ago(1))}, id="another one did"),
        pytest.param({"a": State.FAILED}, {}, id="failed"),
        pytest.param({"a": State.DEAD}, {}, id="died"),
        pytest.param({}, {"a": Sent(2, ago(1))}, id="sent twice in vain"),
    ],
)
def test_is_not_settled(known: Mapping[str, State], sent: Mapping[str, Sent]) -> None:
    assert unsettled([lost()], known, sent) == [lost()]


@pytest.mark.parametrize(
    ("minutes", "sent", "is_due"),
    [
        pytest.param(0.5, None, False, id="may still arrive"),
        pytest.param(1, None, True, id="a minute old"),
        pytest.param(90, Sent(1, ago(9)), False, id="asked for a while ago"),
        pytest.param(90, Sent(1, ago(10)), True, id="asked for ten minutes ago"),
        pytest.param(90, Sent(2, ago(59)), False, id="asked for twice, not long ago"),
        pytest.param(90, Sent(2, ago(60)), True, id="asked for twice, an hour ago"),
    ],
)
def test_whose_turn_it_is(minutes: float, sent: Sent | None, is_due: bool) -> None:
    assert bool(due([lost(minutes=minutes)], {"a": sent} if sent else {}, NOW)) is is_due


@dataclass
class Hall:
    """Rounds as a forge would answer: what it has missed, and what it was asked for."""

    lost: list[Missed] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    since: list[datetime] = field(default_factory=list)
    refuses: dict[str, Exception] = field(default_factory=dict)

    def missed(self, since: datetime) -> Sequence[Missed]:
        self.since.append(since)
        return self.lost

    def resend(self, missed: Missed) -> None:
        self.asked.append(missed.guid)
        if missed.guid in self.refuses:
            raise self.refuses[missed.guid]

    def places(self) -> Sequence[ChangeRef]:
        return []

    def unreviewed(self, place: ChangeRef, branch: str = "") -> Sequence[Unreviewed]:
        return []


def mark(engine: sa.Engine) -> datetime | None:
    return Marks(engine).read("github:deliveries")


def test_a_quiet_round_moves_the_mark(engine: sa.Engine) -> None:
    hall = Hall()
    for at in (NOW, NOW + timedelta(minutes=5)):
        resend_missed("github", hall, engine, at)
    assert hall.since == [NOW - REACH, NOW - OVERLAP]
    assert mark(engine) == NOW + timedelta(minutes=5)


def test_the_mark_stays_at_what_is_not_settled(engine: sa.Engine) -> None:
    Queue(engine).accept(deliver("here"))
    hall = Hall([lost("here", 50), lost("a", 40), lost("b", 0.5)])
    resend_missed("github", hall, engine, NOW)
    assert (hall.asked, mark(engine)) == (["a"], ago(40))


def test_nothing_is_asked_for_more_than_three_times(engine: sa.Engine) -> None:
    hall = Hall([lost()])
    for hours in range(9):
        resend_missed("github", hall, engine, NOW + timedelta(hours=hours))
    assert hall.asked == ["a"] * len(PAUSES)
    assert mark(engine) == NOW + timedelta(hours=8)


def test_one_that_is_forgotten_holds_up_no_other(engine: sa.Engine) -> None:
    hall = Hall([lost("a"), lost("b")], refuses={"a": Gone("no such delivery")})
    resend_missed("github", hall, engine, NOW)
    assert hall.asked == ["a", "b"]


def test_a_busy_forge_is_asked_from_the_same_place_again(engine: sa.Engine) -> None:
    Marks(engine).move("github:deliveries", ago(30))
    hall = Hall([lost("a"), lost("b")], refuses={"a": TryLater(NOW, "limit")})
    with pytest.raises(TryLater):
        resend_missed("github", hall, engine, NOW)
    assert (hall.asked, mark(engine)) == (["a"], ago(30))


def test_a_long_outage_comes_back_in_portions(engine: sa.Engine) -> None:
    hall = Hall([lost(f"g{number}", 900 - number) for number in range(MOST + 20)])
    for minutes in (0, 5):
        resend_missed("github", hall, engine, NOW + timedelta(minutes=minutes))
    assert hall.asked == [f"g{number}" for number in range(MOST + 20)]
    assert Resent(engine, "github").of(["g0"]) == {"g0": Sent(1, NOW)}
