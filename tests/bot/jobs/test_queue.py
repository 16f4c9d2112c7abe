"""Deliveries come in once, together with their job."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.forges.base import Trigger
from bot.jobs.queue import Acceptance, Queue
from bot.store import deliveries
from bot.store.deliveries import State
from tests.bot.jobs.ledger import jobs, row, states
from tests.bot.requests import ask, deliver


def finish(engine: sa.Engine, guid: str, state: State) -> None:
    with engine.begin() as connection:
        entry = deliveries.find(connection, guid)
        assert entry
        assert deliveries.end(connection, entry, state, datetime.now(UTC))


def test_a_rollback_leaves_neither_row_nor_job(engine: sa.Engine) -> None:
    queue = Queue(engine)

    @sa.event.listens_for(engine, "commit")
    def fail(_connection: sa.Connection) -> None:
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        queue.accept(deliver("a"))
    sa.event.remove(engine, "commit", fail)
    assert states(engine) == {}
    assert jobs(queue) == {}


def test_a_new_delivery_gets_a_row_and_a_job(engine: sa.Engine) -> None:
    queue = Queue(engine)
    assert queue.accept(deliver("a")) is Acceptance.NEW
    assert states(engine) == {"a": "accepted"}
    assert jobs(queue) == {"a": "ENQUEUED"}


@pytest.mark.parametrize(
    ("trigger", "status"),
    [
        pytest.param(Trigger.PUSH, "DELAYED", id="a push waits for more pushes"),
        pytest.param(Trigger.COMMAND, "ENQUEUED", id="a command does not"),
        pytest.param(Trigger.RERUN, "ENQUEUED", id="a rerun does not"),
    ],
)
def test_quiet_seconds(engine: sa.Engine, trigger: Trigger, status: str) -> None:
    queue = Queue(engine, quiet_seconds=60)
    queue.accept(deliver("a", ask(trigger=trigger)))
    assert jobs(queue) == {"a": status}


@pytest.mark.parametrize("state", [None, State.DONE, State.SUPERSEDED, State.IGNORED])
def test_a_duplicate_is_not_run_again(engine: sa.Engine, state: State | None) -> None:
    queue = Queue(engine)
    queue.accept(deliver("a"))
    if state:
        finish(engine, "a", state)
    assert queue.accept(deliver("a")) is Acceptance.DUPLICATE
    assert list(jobs(queue)) == ["a"]


@pytest.mark.parametrize("state", [State.FAILED, State.DEAD])
def test_what_failed_is_run_again_when_sent_again(engine: sa.Engine, state: State) -> None:
    queue = Queue(engine)
    queue.accept(deliver("a"))
    finish(engine, "a", state)
    assert queue.accept(deliver("a")) is Acceptance.AGAIN
    assert (row(engine, "a").state, row(engine, "a").job_id) == ("accepted", "a:1")
    assert jobs(queue)["a:1"] == "ENQUEUED"


def test_redrive(engine: sa.Engine) -> None:
    queue = Queue(engine)
    with pytest.raises(LookupError):
        queue.redrive("a")
    queue.accept(deliver("a"))
    assert not queue.redrive("a")
    finish(engine, "a", State.DONE)
    assert queue.redrive("a")
    assert jobs(queue)["a:1"] == "ENQUEUED"
