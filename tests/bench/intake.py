"""How long a webhook waits for its answer, which comes only once it is stored durably."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import local

import requests

from tests.bot.postgres import find_programs, running_postgres
from tests.bot.processes import free_port, github_environment, running, wait_until
from tests.bot.webhooks import headers, pull_request

RATE, SECONDS, SENDERS = 200, 5, 16


def intake() -> Iterator[tuple[str, str]]:
    """At 200 deliveries a second for five seconds, on each database there is."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield "webhook accepted, SQLite", _measure(f"sqlite:///{folder}/bench.db", folder)
        if programs := find_programs():
            address = stack.enter_context(running_postgres(programs))
            yield "webhook accepted, PostgreSQL", _measure(address.format("postgres"), folder)


def _measure(database_url: str, folder: Path) -> str:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running("-m", "bot", "web", log=folder / "web.log", **github_environment(database_url, port)):
        wait_until(lambda: _is_up(address), "the web server answers")
        with ThreadPoolExecutor(SENDERS) as senders:
            begin = time.perf_counter() + 0.2
            milliseconds = sorted(
                senders.map(lambda number: _deliver(address, number, begin), range(RATE * SECONDS))
            )
    ninety_ninth = milliseconds[int(len(milliseconds) * 0.99)]
    median = statistics.median(milliseconds)
    return f"p50 {median:.1f} ms, p99 {ninety_ninth:.1f} ms at {RATE}/s, {len(milliseconds)} deliveries"


def _is_up(address: str) -> bool:
    try:
        return requests.get(f"{address}/healthz", timeout=1).ok
    except requests.RequestException:
        return False


_sessions = local()


def _deliver(address: str, number: int, begin: float) -> float:
    """Milliseconds from when the delivery was due, so that a queue of our own making counts."""
    session = _sessions.__dict__.setdefault("session", requests.Session())
    due = begin + number / RATE
    time.sleep(max(due - time.perf_counter(), 0))
    body = pull_request(number + 1)
    answer = session.post(
        f"{address}/webhooks/github", data=body, headers=headers(body, f"bench-{number}"), timeout=30
    )
    answer.raise_for_status()
    return (time.perf_counter() - due) * 1000
