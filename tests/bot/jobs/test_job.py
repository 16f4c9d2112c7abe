"""What becomes of a delivery, told by the ledger. The jobs are run here by hand, in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.errors import Gone, NotAllowed, NotFound, OverBudget, Superseded, TryLater
from bot.forges.base import Request, Trigger
from bot.jobs.job import Job
from bot.jobs.patience import MAX_ATTEMPTS, NEW
from bot.jobs.queue import Queue
from bot.jobs.turn import is_overtaken
from bot.jobs.upkeep import rescue_lost
from bot.store.deliveries import find
from bot.store.tables import deliveries
from tests.bot.jobs.ledger import jobs, row, states
from tests.bot.requests import ask, deliver


class Bench:
    """A queue, and a job whose work is whatever `outcome` does."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.worked: list[str] = []
        self.apologies: list[tuple[str, str]] = []
        self.outcome: Callable[[], str | None] = lambda: "r1"
        self.queue = Queue(engine)
        self.job = Job(self.queue, self._work, self._apologise)

    def run(self, guid: str, job_id: str = "") -> None:
        self.job.run(guid, job_id or row(self.engine, guid).job_id)

    def _work(self, request: Request, guid: str) -> str | None:
        self.worked.append(guid)
        return self.outcome()

    def _apologise(self, request: Request, guid: str, reason: str) -> None:
        self.apologies.append((guid, reason))


@pytest.fixture
def bench(engine: sa.Engine) -> Bench:
    return Bench(engine)


def failing(error: Exception) -> Callable[[], str | None]:
    def outcome() -> str | None:
        raise error

    return outcome


@pytest.mark.parametrize(
    ("trigger", "state"),
    [
        pytest.param(Trigger.PUSH, "superseded", id="a push"),
        pytest.param(Trigger.COMMAND, "done", id="a person who asked"),
    ],
)
def test_a_push_that_comes_while_one_is_worked_on(bench: Bench, trigger: Trigger, state: str) -> None:
    def outcome() -> str:
        bench.queue.accept(deliver("b"))
        with bench.engine.connect() as connection:
            entry = find(connection, "a")
            if entry and is_overtaken(connection, entry, datetime.now(UTC)):
                raise Superseded("b waits")
        return "r1"

    bench.queue.accept(deliver("a", ask(trigger=trigger)))
    bench.outcome = outcome
    bench.run("a")

    assert states(bench.engine) == {"a": state, "b": "accepted"}
    assert bench.apologies == []


def test_a_done_delivery_is_not_worked_on_again(bench: Bench) -> None:
    bench.queue.accept(deliver("a"))
    bench.run("a")
    bench.run("a")
    assert bench.worked == ["a"]
    assert (row(bench.engine, "a").state, row(bench.engine, "a").review_id) == ("done", "r1")


def test_a_job_that_was_replaced_does_nothing(bench: Bench) -> None:
    bench.queue.accept(deliver("a"))
    bench.outcome = failing(TryLater(datetime.now(UTC), "busy"))
    bench.run("a")
    bench.run("a", "a")
    assert bench.worked == ["a"]


def test_only_the_newest_head_is_reviewed_whatever_the_order(bench: Bench) -> None:
    for guid in "abc":
        bench.queue.accept(deliver(guid))
    for guid in "bca":
        bench.run(guid)
    assert bench.worked == ["c"]
    assert states(bench.engine) == {"a": "superseded", "b": "superseded", "c": "done"}


def test_other_changes_are_no_rivals(bench: Bench) -> None:
    bench.queue.accept(deliver("a", ask(1)))
    bench.queue.accept(deliver("b", ask(2)))
    bench.run("a")
    assert bench.worked == ["a"]


NO_PUSHES = pytest.mark.parametrize("trigger", [one for one in Trigger if one is not Trigger.PUSH])


@NO_PUSHES
def test_only_a_push_gives_way_to_a_push(bench: Bench, trigger: Trigger) -> None:
    bench.queue.accept(deliver("push", ask()))
    bench.queue.accept(deliver("asked", ask(trigger=trigger)))
    bench.queue.accept(deliver("later push", ask()))
    for guid in ("push", "later push", "asked"):
        bench.run(guid)
    assert bench.worked == ["later push", "asked"]


@NO_PUSHES
def test_only_a_push_stands_in_for_a_push(bench: Bench, trigger: Trigger) -> None:
    bench.queue.accept(deliver("push", ask()))
    bench.queue.accept(deliver("asked", ask(trigger=trigger)))
    bench.run("push")
    assert bench.worked == ["push"]


def test_trial_merges_do_not_give_way_to_each_other(bench: Bench) -> None:
    first, second = (
        replace(ask(trigger=Trigger.MERGE).change, base="b", head=head, is_queued=True) for head in "cd"
    )
    bench.queue.accept(deliver("first", Request(first, Trigger.MERGE)))
    bench.queue.accept(deliver("second", Request(second, Trigger.MERGE)))
    bench.run("first")
    bench.run("second")
    assert bench.worked == ["first", "second"]


def test_a_redrive_is_run_though_superseded(bench: Bench) -> None:
    for guid in "ab":
        bench.queue.accept(deliver(guid))
        bench.run(guid)
    bench.worked.clear()
    bench.queue.redrive("a")
    bench.run("a")
    assert bench.worked == ["a"]


def test_retry_after_frees_the_slot_and_comes_back(bench: Bench) -> None:
    at = datetime.now(UTC) + timedelta(seconds=120)
    bench.queue.accept(deliver("a", ask(installation="")))
    bench.outcome = failing(TryLater(at, "rate limit"))
    bench.run("a")
    waiting = row(bench.engine, "a")
    assert (waiting.state, waiting.error, waiting.attempts, waiting.job_id) == (
        "waiting",
        "rate limit",
        1,
        "a:1",
    )
    assert at <= waiting.next_try_at < at + timedelta(seconds=20)
    assert jobs(bench.queue)["a:1"] == "DELAYED"
    bench.outcome = lambda: "r2"
    bench.run("a")
    assert (row(bench.engine, "a").state, row(bench.engine, "a").review_id) == ("done", "r2")


def test_a_limit_holds_the_whole_installation_back(bench: Bench) -> None:
    bench.queue.accept(deliver("a", ask(1)))
    bench.queue.accept(deliver("b", ask(2)))
    bench.queue.accept(deliver("c", ask(3, installation="6")))
    bench.outcome = failing(TryLater(datetime.now(UTC) + timedelta(seconds=120), "rate limit"))
    bench.run("a")
    bench.outcome = lambda: "r1"
    bench.run("b")
    bench.run("c")
    assert bench.worked == ["a", "c"]
    assert states(bench.engine) == {"a": "waiting", "b": "waiting", "c": "done"}
    assert row(bench.engine, "b").attempts == 0


def test_holding_back_by_ourselves_is_no_failed_attempt(bench: Bench) -> None:
    at = datetime.now(UTC) + timedelta(seconds=120)
    bench.queue.accept(deliver("a", ask(1)))
    bench.queue.accept(deliver("b", ask(2)))
    bench.outcome = failing(OverBudget(at, "enough for now"))
    for guid in "ab":
        bench.run(guid)
    assert bench.worked == ["a"]
    assert [(row(bench.engine, guid).state, row(bench.engine, guid).attempts) for guid in "ab"] == [
        ("waiting", 0),
        ("waiting", 0),
    ]
    assert row(bench.engine, "a").next_try_at >= at


def test_patience_ends(bench: Bench) -> None:
    bench.queue.accept(deliver("a", ask(installation="")))
    bench.outcome = failing(TryLater(datetime.now(UTC), "still down"))
    for _ in range(MAX_ATTEMPTS + 1):
        bench.run("a")
    assert len(bench.worked) == MAX_ATTEMPTS
    assert row(bench.engine, "a").state == "dead"
    assert bench.apologies == [("a", "still down")]
    assert bench.queue.redrive("a")


@pytest.mark.parametrize(
    ("error", "state", "apologies"),
    [
        pytest.param(Gone("closed"), "ignored", [], id="gone"),
        pytest.param(NotAllowed("checks: write"), "failed", [("a", "checks: write")], id="not allowed"),
        pytest.param(KeyError("x"), "failed", [("a", "KeyError: 'x'")], id="a mistake of ours"),
    ],
)
def test_ends_without_review(
    bench: Bench, error: Exception, state: str, apologies: list[tuple[str, str]]
) -> None:
    bench.queue.accept(deliver("a"))
    bench.outcome = failing(error)
    bench.run("a")
    assert row(bench.engine, "a").state == state
    assert bench.apologies == apologies


def test_what_the_forge_does_not_know_yet_is_asked_for_again(bench: Bench) -> None:
    bench.queue.accept(deliver("a"))
    bench.queue.accept(deliver("b", ask(2)))
    bench.outcome = failing(NotFound("no such change"))
    bench.run("a")
    bench.outcome = lambda: "r1"
    bench.run("b")
    assert states(bench.engine) == {"a": "waiting", "b": "done"}
    assert row(bench.engine, "a").attempts == 0


def test_what_the_forge_never_comes_to_know_is_let_go(bench: Bench) -> None:
    bench.queue.accept(deliver("a"))
    with bench.engine.begin() as connection:
        long_ago = datetime.now(UTC) - NEW - timedelta(seconds=1)
        connection.execute(deliveries.update().values(received_at=long_ago))
    bench.outcome = failing(NotFound("no such change"))
    bench.run("a")
    assert (states(bench.engine), bench.apologies) == ({"a": "ignored"}, [])


def test_an_apology_that_fails_changes_nothing(bench: Bench, engine: sa.Engine) -> None:
    def refuse(request: Request, guid: str, reason: str) -> None:
        raise NotAllowed("not even that")

    bench.queue.accept(deliver("a"))
    bench.outcome = failing(NotAllowed("checks: write"))
    Job(bench.queue, bench.job.work, refuse).run("a", "a")
    assert row(engine, "a").state == "failed"


def test_an_apology_the_forge_cannot_take_now_is_made_later(bench: Bench, engine: sa.Engine) -> None:
    told: list[str] = []

    def apologise(request: Request, guid: str, reason: str) -> None:
        told.append(reason)
        if len(told) == 1:
            raise TryLater(datetime.now(UTC), "bad gateway")

    bench.queue.accept(deliver("a", ask(installation="")))
    bench.outcome = failing(KeyError("x"))
    job = Job(bench.queue, bench.job.work, apologise)
    job.run("a", "a")
    assert (row(engine, "a").state, row(engine, "a").attempts) == ("waiting", 1)
    job.run("a", "a:1")
    assert (row(engine, "a").state, told) == ("failed", ["KeyError: 'x'"] * 2)


@pytest.mark.parametrize("failed", ["the work", "the apology"])
def test_a_forge_that_stays_away_ends_it_without_an_apology(bench: Bench, failed: str) -> None:
    def apologise(request: Request, guid: str, reason: str) -> None:
        raise TryLater(datetime.now(UTC), "still down")

    bench.queue.accept(deliver("a", ask(installation="")))
    bench.outcome = failing(TryLater(datetime.now(UTC), "down") if failed == "the work" else KeyError("x"))
    job = Job(bench.queue, bench.job.work, apologise)
    for _ in range(MAX_ATTEMPTS + 3):
        job.run("a", row(bench.engine, "a").job_id)
    assert (row(bench.engine, "a").state, len(bench.worked)) == ("dead", MAX_ATTEMPTS)


def test_a_job_that_lost_its_database_is_found_again(bench: Bench) -> None:
    bench.queue.accept(deliver("a"))
    bench.outcome = failing(OperationalError("", {}, Exception("gone away")))
    with pytest.raises(OperationalError):
        bench.run("a")
    assert rescue_lost(bench.job) == 0
    bench.queue.client.cancel_workflow("a")
    assert rescue_lost(bench.job) == 1
    bench.outcome = lambda: "r1"
    bench.run("a")
    assert (row(bench.engine, "a").state, row(bench.engine, "a").job_id) == ("done", "a:1")
