"""The process that works off the queue."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from dbos import DBOS, DBOSConfig
from sqlalchemy.exc import DBAPIError

from bot.jobs.job import Job
from bot.jobs.queue import APPLICATION, QUEUE, WORKFLOW
from bot.jobs.rounds import Round, keep_going
from bot.jobs.slot import Slot, hold
from bot.jobs.upkeep import rescue_lost, rescue_stalled, tidy

APPLICATION_VERSION = "1"
"""The same for every release, as DBOS recovers only jobs of its own version."""

GRACE_SECONDS = 25
"""For running jobs after SIGTERM. What is not done by then is done again after the next start."""

_MAX_RECOVERIES = 5
_POLL_SECONDS = 0.5
_UPKEEP_SECONDS = 60

log = structlog.stdlib.get_logger(__name__)


def run(job: Job, slot: Slot, stop: threading.Event, rounds: Sequence[Round] = ()) -> None:
    """Work and make rounds until `stop` is set, then give running jobs GRACE_SECONDS to finish.

    Raises Misconfigured where another worker has the slot.
    """
    with hold(job.queue.engine, slot, stop):
        _launch(job, slot)
        log.info("worker_started", worker=slot.name, concurrency=slot.concurrency)
        # A thread of its own, as a round may take long and the queue's upkeep must not wait for it.
        threading.Thread(target=keep_going, args=(job.queue.engine, rounds, stop), daemon=True).start()
        while True:
            _keep_up(job)
            if stop.wait(_UPKEEP_SECONDS):
                break
        DBOS.destroy(workflow_completion_timeout_sec=GRACE_SECONDS)
        log.info("worker_stopped", worker=slot.name)


def leave(exit_code: int) -> None:
    """End the process even where jobs still run: Python itself would wait for their threads."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def _launch(job: Job, slot: Slot) -> None:
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_engine": job.queue.engine,
        "application_version": APPLICATION_VERSION,
        "executor_id": slot.name,
        "log_level": "WARNING",
    }
    DBOS(config=config)

    def review(guid: str) -> None:
        job.run(guid, str(DBOS.workflow_id))

    DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_MAX_RECOVERIES)(review)
    DBOS.launch()
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=slot.concurrency,
        partition_concurrency=1,
        polling_interval_sec=_POLL_SECONDS,
        on_conflict="always_update",
    )


def _keep_up(job: Job) -> None:
    now = datetime.now(UTC)
    try:
        rescue_stalled(job.queue, now)
        rescue_lost(job)
        tidy(job.queue, now)
    except DBAPIError:
        # A database that is away for a while must not end the worker.
        log.exception("upkeep_failed")
