"""Which changes a survey puts into the queue, and how often."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.rounds import Missed, Unreviewed
from bot.jobs.queue import Queue
from bot.jobs.surveying import Surveys, is_lacking, sweep
from bot.store import deliveries
from bot.store.deliveries import State
from bot.store.tables import reviews
from tests.bot.jobs.ledger import jobs, row, states
from tests.bot.requests import ask, deliver

NOW = datetime.now(UTC)
HEAD = "a" * 40
PLACE = ChangeRef("github", "", 0, "5")
SURVEY = Request(PLACE, Trigger.SURVEY)
KEY = ask().change.key


def found(number: int = 1, head: str = HEAD, minutes: float = 60) -> Unreviewed:
    return Unreviewed(ask(number, head=head), NOW - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("minutes", "waiting", "reviewed", "state"),
    [
        pytest.param(0.9, [], [], None, id="touched a moment ago"),
        pytest.param(60, [KEY], [], None, id="waits in the queue"),
        pytest.param(60, [], [(KEY, HEAD)], None, id="reviewed since the forge was asked"),
        pytest.param(60, [], [], State.DONE, id="swept and done"),
        pytest.param(60, [], [], State.FAILED, id="swept, and failed"),
        pytest.param(60, [], [], State.IGNORED, id="swept, and nothing to do"),
    ],
)
def test_lacks_nothing(
    minutes: float, waiting: Collection[str], reviewed: Collection[tuple[str, str]], state: State | None
) -> None:
    assert not is_lacking(found(minutes=minutes), waiting, reviewed, state, NOW)


@pytest.mark.parametrize(
    ("waiting", "reviewed", "state"),
    [
        pytest.param([], [], None, id="nobody told us"),
        pytest.param(["github:acme/shop#2"], [], None, id="another one waits"),
        pytest.param([], [(KEY, "b" * 40)], None, id="an older head was reviewed"),
        pytest.param([], [], State.DEAD, id="an outage took the last try"),
    ],
)
def test_lacks_a_review(
    waiting: Collection[str], reviewed: Collection[tuple[str, str]], state: State | None
) -> None:
    assert is_lacking(found(minutes=1), waiting, reviewed, state, NOW)


@dataclass
class Hall:
    """Rounds as a forge would answer."""

    open: list[Unreviewed] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def places(self) -> Sequence[ChangeRef]:
        return [PLACE, replace(PLACE, installation="6")]

    def unreviewed(self, place: ChangeRef, branch: str = "") -> Sequence[Unreviewed]:
        self.asked.append(branch)
        return self.open

    def missed(self, since: datetime) -> Sequence[Missed]:
        return []

    def resend(self, missed: Missed) -> None:
        pass


def survey(engine: sa.Engine, hall: Hall, request: Request = SURVEY, guid: str = "s") -> dict[str, str]:
    """The ledger afterwards."""
    Surveys({"github": hall}, Queue(engine)).answer(request, guid)
    return states(engine)


def end_all(engine: sa.Engine, state: State) -> None:
    with engine.begin() as connection:
        for entry in deliveries.unended(connection, 99):
            deliveries.end(connection, entry, state, NOW)


def test_a_forge_that_cannot_be_asked_is_left_alone(engine: sa.Engine) -> None:
    elsewhere = replace(SURVEY, change=ChangeRef("local", "", 0))
    assert survey(engine, Hall([found()]), elsewhere) == {}


def test_what_is_found_is_queued_as_a_push_of_its_head(engine: sa.Engine) -> None:
    (guid,) = survey(engine, Hall([found()]))
    entry = row(engine, guid)
    assert (entry.event, entry.trigger, entry.change_key, entry.installation) == ("sweep", "push", KEY, "5")
    assert (guid.startswith("sweep-"), guid.endswith(HEAD), len(guid) <= 100) == (True, True, True)


@pytest.mark.parametrize("state", [None, State.DONE, State.FAILED, State.IGNORED])
def test_the_same_head_is_queued_once(engine: sa.Engine, state: State | None) -> None:
    survey(engine, Hall([found()]))
    if state:
        end_all(engine, state)
    for _ in range(2):
        survey(engine, Hall([found()]))
    assert len(jobs(Queue(engine))) == 1


def test_another_head_or_another_change_is_queued_too(engine: sa.Engine) -> None:
    survey(engine, Hall([found()]))
    end_all(engine, State.DONE)
    assert len(survey(engine, Hall([found(), found(head="b" * 40), found(2)]))) == 3


@pytest.mark.parametrize("trigger", [Trigger.PUSH, Trigger.COMMAND, Trigger.RERUN])
def test_a_change_that_waits_in_the_queue_is_not_queued_twice(engine: sa.Engine, trigger: Trigger) -> None:
    Queue(engine).accept(deliver("webhook", ask(trigger=trigger)))
    assert list(survey(engine, Hall([found()]))) == ["webhook"]


@pytest.mark.parametrize(
    ("age", "is_queued"),
    [
        pytest.param(timedelta(), False, id="just now: the forge will show it"),
        pytest.param(timedelta(hours=2), True, id="long ago: its summary never got through"),
    ],
)
def test_a_head_that_was_reviewed_is_queued_if_its_summary_is_missing(
    engine: sa.Engine, age: timedelta, *, is_queued: bool
) -> None:
    change = ask().change
    values = {
        "id": "r1",
        "change_key": change.key,
        "forge": change.forge,
        "repository": change.repository,
        "number": change.number,
        "head": HEAD,
        "base": "b" * 40,
        "conclusion": "success",
        "seconds": 1,
        "created_at": datetime.now(UTC) - age,
        "title": "",
        "summary": "",
        "report": {},
    }
    with engine.begin() as connection:
        connection.execute(reviews.insert().values(values))
    assert bool(survey(engine, Hall([found()]))) is is_queued


def test_after_an_outage_it_is_tried_again(engine: sa.Engine) -> None:
    (guid,) = survey(engine, Hall([found()]))
    end_all(engine, State.DEAD)
    assert survey(engine, Hall([found()])) == {guid: "accepted"}


def test_other_settings_ask_for_all_onto_their_branch(engine: sa.Engine) -> None:
    survey(engine, Hall([found()]))
    end_all(engine, State.DONE)
    hall = Hall([found(minutes=0), found(2)])
    onto = replace(SURVEY, branch="main")
    for guid in ("push-1", "push-1", "push-2"):
        survey(engine, hall, onto, guid)
    queued = [guid for guid in states(engine) if guid.startswith("push-")]
    assert (hall.asked, len(queued)) == (["main"] * 3, 4)
    assert sorted({guid[:6] for guid in queued}) == ["push-1", "push-2"]


def test_a_guid_of_any_length_has_room(engine: sa.Engine) -> None:
    (guid,) = survey(engine, Hall([found()]), replace(SURVEY, branch="main"), "g" * 128)
    assert len(guid) <= 120


def test_a_sweep_asks_for_one_survey_of_each_place(engine: sa.Engine) -> None:
    queue = Queue(engine)
    for _ in range(2):
        sweep(Hall(), queue)
    assert states(engine) == {"survey-github-5": "accepted", "survey-github-6": "accepted"}
    assert len(jobs(queue)) == 2


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.DEAD, State.IGNORED])
def test_the_next_sweep_surveys_again_whatever_came_of_the_last(engine: sa.Engine, state: State) -> None:
    queue = Queue(engine)
    sweep(Hall(), queue)
    end_all(engine, state)
    sweep(Hall(), queue)
    assert row(engine, "survey-github-5").state == "accepted"
    assert len(jobs(queue)) == 4
