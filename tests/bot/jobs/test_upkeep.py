"""What the upkeep finds and mends. The queue's own table is set by hand to what a crash leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.forges.base import Request
from bot.jobs.job import Job
from bot.jobs.queue import Acceptance, Queue
from bot.jobs.upkeep import rescue_lost, rescue_stalled, tidy
from tests.bot.jobs.ledger import jobs, row, states
from tests.bot.requests import deliver

NOW = datetime.now(UTC)


def leave(engine: sa.Engine, status: str, age: timedelta) -> None:
    """Every job of the queue as it would look `age` after its last change."""
    table = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    then = int((NOW - age).timestamp() * 1000)
    values = {"status": status, "then": then}
    with engine.begin() as connection:
        connection.execute(
            sa.text(f"UPDATE {table} SET status = :status, updated_at = :then, completed_at = :then"), values
        )


def job(queue: Queue, apologies: list[str]) -> Job:
    def work(request: Request, guid: str) -> str:
        return "r1"

    return Job(queue, work, lambda request, guid, reason: apologies.append(guid))


@pytest.mark.parametrize(
    ("age", "status", "rescued"),
    [
        pytest.param(timedelta(minutes=5), "PENDING", 0, id="may still be running"),
        pytest.param(timedelta(minutes=11), "ENQUEUED", 1, id="its machine is gone"),
    ],
)
def test_jobs_of_dead_machines(engine: sa.Engine, age: timedelta, status: str, rescued: int) -> None:
    queue = Queue(engine)
    queue.accept(deliver("a"))
    leave(engine, "PENDING", age)
    assert rescue_stalled(queue, NOW) == rescued
    assert jobs(queue) == {"a": status}


def test_a_job_that_killed_its_worker_again_and_again(engine: sa.Engine) -> None:
    queue, apologies = Queue(engine), list[str]()
    queue.accept(deliver("a"))
    leave(engine, "MAX_RECOVERY_ATTEMPTS_EXCEEDED", timedelta())
    assert rescue_lost(job(queue, apologies)) == 1
    assert (row(engine, "a").state, apologies, list(jobs(queue))) == ("dead", ["a"], ["a"])


@pytest.mark.parametrize("status", ["ENQUEUED", "DELAYED", "PENDING"])
def test_a_job_that_is_alive_is_left_alone(engine: sa.Engine, status: str) -> None:
    queue = Queue(engine)
    queue.accept(deliver("a"))
    leave(engine, status, timedelta(days=1))
    assert rescue_lost(job(queue, [])) == 0
    assert row(engine, "a").job_id == "a"


def test_old_jobs_go_but_their_deliveries_stay_known(engine: sa.Engine) -> None:
    queue = Queue(engine)
    queue.accept(deliver("a"))
    job(queue, []).run("a", "a")
    leave(engine, "SUCCESS", timedelta(days=8))
    tidy(queue, NOW)
    assert jobs(queue) == {}
    assert queue.accept(deliver("a")) is Acceptance.DUPLICATE


def test_deliveries_are_forgotten_in_the_end(engine: sa.Engine) -> None:
    queue = Queue(engine)
    for guid in ("ended", "open"):
        queue.accept(deliver(guid))
    job(queue, []).run("open", "nobody")
    job(queue, []).run("ended", "ended")
    tidy(queue, NOW + timedelta(days=91))
    assert list(states(engine)) == ["open"]
