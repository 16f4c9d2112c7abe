"""What nobody asks for but keeps the queue whole: jobs of dead machines, lost jobs, old rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from bot.jobs.job import Job
from bot.jobs.patience import MAX_ATTEMPTS
from bot.jobs.queue import QUEUE, WORKFLOW, Queue
from bot.store import deliveries, resent
from bot.store.blocked import unblock
from bot.store.deliveries import Entry, State

JOB_DEADLINE = timedelta(minutes=10)
"""Longer than any review takes: a job that is older and unfinished belongs to a machine that is gone."""

KEEP_JOBS = timedelta(days=7)
KEEP_DELIVERIES = timedelta(days=90)
KEEP_RESENT = timedelta(days=14)
"""Longer than any forge lists its deliveries."""

_BATCH = 500
_ACTIVE = ("ENQUEUED", "DELAYED", "PENDING")
_POISONED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"

log = structlog.stdlib.get_logger(__name__)


def rescue_stalled(queue: Queue, now: datetime) -> int:
    """Give the jobs of machines that never came back to the living. A slot that restarts rescues its own."""
    limit = (now - JOB_DEADLINE).timestamp() * 1000
    running = queue.client.list_workflows(
        status="PENDING", name=WORKFLOW, load_input=False, load_output=False
    )
    stalled = [job.workflow_id for job in running if (job.updated_at or 0) < limit]
    for job_id in stalled:
        log.warning("job_rescued", job_id=job_id)
        queue.client.resume_workflow(job_id, queue_name=QUEUE)
    return len(stalled)


def rescue_lost(job: Job) -> int:
    """Try again what the ledger calls open though its job has ended, as after a lost database connection.

    A job that took its worker down again and again is not tried again: it is told and buried.
    """
    with job.queue.engine.connect() as connection:
        entries = deliveries.unended(connection, _BATCH)
    if not entries:
        return 0
    statuses = _job_statuses(job.queue, [entry.job_id for entry in entries])
    lost = [entry for entry in entries if statuses.get(entry.job_id) not in _ACTIVE]
    for entry in lost:
        _try_again_or_bury(job, entry, is_poison=statuses.get(entry.job_id) == _POISONED)
    return len(lost)


def tidy(queue: Queue, now: datetime) -> None:
    """Drop finished jobs, which the ledger outlives, then old rows and blocks that are over."""
    finished = queue.client.list_workflows(
        status=["SUCCESS", "ERROR", "CANCELLED", _POISONED],
        completed_before=(now - KEEP_JOBS).isoformat(),
        limit=_BATCH,
        load_input=False,
        load_output=False,
    )
    if finished:
        queue.client.delete_workflows([job.workflow_id for job in finished])
    with queue.engine.begin() as connection:
        deliveries.forget(connection, now - KEEP_DELIVERIES)
        resent.forget(connection, now - KEEP_RESENT)
        unblock(connection, now)


def _job_statuses(queue: Queue, job_ids: list[str]) -> dict[str, str]:
    jobs = queue.client.list_workflows(workflow_ids=job_ids, load_input=False, load_output=False)
    return {job.workflow_id: job.status for job in jobs}


def _try_again_or_bury(job: Job, entry: Entry, *, is_poison: bool) -> None:
    now = datetime.now(UTC)
    attempts = entry.attempts + 1
    log.warning("job_lost", delivery_id=entry.guid, job_id=entry.job_id, attempt=attempts)
    if not is_poison and attempts < MAX_ATTEMPTS:
        job.queue.postpone(entry, now, attempts=attempts, reason="the job was lost")
        return
    reason = "the worker died each time it tried"
    with job.queue.engine.begin() as connection:
        is_ours = deliveries.end(connection, entry, State.DEAD, now, error=reason)
    if is_ours:
        job.tell(entry, reason)
