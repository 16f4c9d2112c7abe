"""How fast we write for one installation. Time passes only where a test or a wait lets it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.errors import OverBudget, TryLater
from bot.forges.base import ChangeRef
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.github_pace import Allowance, Pace
from tests.bot.forges.drafts import LINES, summary, thread
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in.server import private_key

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class FakeTime:
    """A clock that stands still, and sleeps that move it on."""

    def __init__(self) -> None:
        self.at = START
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    @property
    def seconds(self) -> float:
        return (self.at - START).total_seconds()


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def create_pace(time: FakeTime, allowance: Allowance | None = None) -> Pace:
    return Pace(allowance or Allowance(), now=time.now, sleep=time.sleep)


def write(pace: Pace, time: FakeTime, times: int = 1, seconds: float = 0) -> None:
    for _ in range(times):
        with pace.writing():
            time.pass_by(seconds)


def left(remaining: int, reset: float, resource: str = "core") -> Mapping[str, str]:
    at = int(START.timestamp() + reset)
    return {
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(at),
        "x-ratelimit-resource": resource,
    }


def test_the_first_write_does_not_wait(time: FakeTime) -> None:
    pace = create_pace(time)
    pace.begin()
    write(pace, time)
    assert time.waits == []


@pytest.mark.parametrize(
    ("lasts", "later", "waits"),
    [
        pytest.param(0, 0, [1], id="right after another"),
        pytest.param(5, 0, [1], id="right after one that took long"),
        pytest.param(0, 0.75, [0.25], id="soon after"),
        pytest.param(0, 1, [], id="a second later"),
    ],
)
def test_a_second_lies_between_two_writes(
    time: FakeTime, lasts: float, later: float, waits: list[float]
) -> None:
    pace = create_pace(time)
    write(pace, time, seconds=lasts)
    time.pass_by(later)
    write(pace, time)
    assert time.waits == waits


def test_a_write_that_failed_was_one_too(time: FakeTime) -> None:
    pace = create_pace(time)
    with pytest.raises(KeyError), pace.writing():
        raise KeyError
    write(pace, time)
    assert time.waits == [1]


def test_nobody_waits_longer_than_two_seconds(time: FakeTime) -> None:
    pace = create_pace(time, Allowance(seconds_between_writes=3))
    write(pace, time)
    with pytest.raises(OverBudget) as told:
        write(pace, time)
    assert (time.waits, told.value.at) == ([], START + timedelta(seconds=3))


def test_writes_come_one_after_the_other(time: FakeTime) -> None:
    pace = create_pace(time, Allowance(longest_wait_seconds=0.05))
    refused: list[OverBudget] = []

    def write_too() -> None:
        try:
            write(pace, time)
        except OverBudget as reason:
            refused.append(reason)

    with pace.writing():
        other = threading.Thread(target=write_too)
        other.start()
        other.join()
    assert [str(one) for one in refused] == ["others are writing"]


@pytest.mark.parametrize(
    ("allowance", "spent", "free"),
    [
        pytest.param(Allowance(0, writes_a_minute=60), 56, 60, id="a minute"),
        pytest.param(Allowance(0, writes_a_minute=999, writes_an_hour=400), 396, 3600, id="an hour"),
    ],
)
def test_nothing_begins_that_could_not_end_within(
    time: FakeTime, allowance: Allowance, spent: int, free: float
) -> None:
    pace = create_pace(time, allowance)
    write(pace, time, spent - 1)
    pace.begin()
    write(pace, time)
    with pytest.raises(OverBudget) as told:
        pace.begin()
    assert (told.value.at - START).total_seconds() == free
    time.pass_by(free)
    pace.begin()


def test_what_has_begun_may_use_the_rest_but_no_more(time: FakeTime) -> None:
    pace = create_pace(time, Allowance(0, writes_a_minute=60))
    write(pace, time, 60)
    with pytest.raises(OverBudget):
        write(pace, time)


def test_many_writes_never_pass_the_limits(time: FakeTime) -> None:
    pace = create_pace(time)
    done: list[float] = []
    while len(done) < 1000:
        try:
            write(pace, time)
        except OverBudget as reason:
            time.at = reason.at
        else:
            done.append(time.seconds)
    assert all(later - first >= 1 for first, later in pairwise(done))
    assert all(done[n + 60] - done[n] >= 60 for n in range(len(done) - 60))
    assert all(done[n + 400] - done[n] >= 3600 for n in range(len(done) - 400))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(left(50, 600), id="enough is left"),
        pytest.param(left(0, -1), id="the limit is over"),
        pytest.param({}, id="a forge without limits"),
        pytest.param({"x-ratelimit-remaining": "few", "x-ratelimit-reset": "soon"}, id="nonsense"),
    ],
)
def test_work_begins(time: FakeTime, headers: Mapping[str, str]) -> None:
    pace = create_pace(time)
    pace.heard(headers)
    pace.begin()


@pytest.mark.parametrize("resource", ["core", "graphql"])
def test_the_last_requests_are_left_to_others(time: FakeTime, resource: str) -> None:
    pace = create_pace(time)
    pace.heard(left(49, 600, resource))
    pace.heard(left(4000, 900, "other"))
    with pytest.raises(OverBudget) as told:
        pace.begin()
    assert told.value.at == START + timedelta(minutes=10)
    time.pass_by(600)
    pace.begin()


def test_what_has_begun_is_brought_to_its_end(time: FakeTime) -> None:
    pace = create_pace(time)
    pace.heard(left(3, 600))
    write(pace, time)
    assert time.waits == []


class Paced:
    """An adapter that keeps to `allowance`, and whose installation has one pace for ever."""

    def __init__(self, github: GithubStage, time: FakeTime, allowance: Allowance) -> None:
        self.told: list[tuple[str, int]] = []
        self.pace = pace = Pace(allowance, lambda *what: self.told.append(what[:2]), time.now, time.sleep)
        addresses = Addresses(f"{github.stand_in.url}/api/v3")
        self.forge = GithubForge(GithubApp(77, private_key(), addresses, create_pace=lambda number: pace))


def test_a_review_of_many_writes_goes_on_where_it_was_stopped(github: GithubStage, time: FakeTime) -> None:
    """Forty comments on whole files, which go one by one: more than a minute has room for."""
    ref = github.open_change({f"f{n}": LINES for n in range(40)}, {f"f{n}": LINES + "x\n" for n in range(40)})
    forge = Paced(github, time, Allowance(0, writes_a_minute=25)).forge
    rests = 0
    while True:
        change = forge.change(ref)
        known = {one.fingerprint for one in change.threads}
        wanted = [thread(change, f"f{n}", None, f"{n:08x}") for n in range(40)]
        try:
            forge.open_threads(change, [one for one in wanted if one.fingerprint not in known], "Things.")
        except TryLater as reason:
            rests, time.at = rests + 1, reason.at
        else:
            break

    assert rests == 1
    assert sorted(one.path for one in github.pull(ref).threads) == sorted(f"f{n}" for n in range(40))


def test_annotations_go_on_where_they_were_stopped(github: GithubStage, time: FakeTime) -> None:
    ref = github.open_change({"Dockerfile": LINES}, {"Dockerfile": LINES + "x\n"})
    forge = Paced(github, time, Allowance(0, writes_a_minute=2, writes_a_review=1)).forge
    with pytest.raises(OverBudget) as told:
        forge.publish_summary(forge.change(ref), summary(annotations=120))
    time.at = told.value.at
    forge.publish_summary(forge.change(ref), summary(annotations=120))
    (run,) = github.repository.check_runs.values()

    assert (run["status"], len(run["annotations"])) == ("completed", 120)
    assert len({one["message"] for one in run["annotations"]}) == 120


def test_reading_is_not_held_back_and_what_is_left_is_told(github: GithubStage, time: FakeTime) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    github.stand_in.headers = {"X-RateLimit-Remaining": "4990", "X-RateLimit-Reset": "1900000000"}
    paced = Paced(github, time, Allowance())
    for _ in range(3):
        paced.forge.change(ref)

    assert (time.waits, set(paced.told)) == ([], {("core", 4990)})


def test_an_installation_keeps_its_pace_and_no_other_has_it(github: GithubStage, time: FakeTime) -> None:
    made: list[str] = []

    def create(number: str) -> Pace:
        made.append(number)
        return create_pace(time)

    app = GithubApp(77, private_key(), Addresses(github.stand_in.url), create_pace=create)
    for number in ("9", "9", "12", "9"):
        app.installed(number, "")
    assert made == ["9", "12"]


def test_a_change_that_may_not_begin_asks_nothing(github: GithubStage, time: FakeTime) -> None:
    paced = Paced(github, time, Allowance(writes_a_minute=5))
    write(paced.pace, time)
    with pytest.raises(OverBudget):
        paced.forge.change(ChangeRef("github", "acme/shop", 1, "9"))
    assert github.stand_in.requests == []
