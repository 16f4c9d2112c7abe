"""The promise of the queue, kept by real processes that are really killed: what got a 202 is answered."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen

import pytest
import requests
import sqlalchemy as sa

from bot.jobs.queue import Queue
from tests.bot.jobs.ledger import row, states
from tests.bot.processes import free_port, github_environment, kill, running, wait_until
from tests.bot.requests import ask, deliver
from tests.bot.webhooks import headers, pull_request

pytestmark = pytest.mark.process

Starter = Callable[[], AbstractContextManager["Popen[bytes]"]]


@pytest.fixture
def worker(database_url: str, tmp_path: Path) -> Starter:
    return lambda: running(
        "-m", "tests.bot.jobs.scribbler", database_url, str(tmp_path), log=tmp_path / "worker.log"
    )


def lines(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def all_are(engine: sa.Engine, state: str) -> bool:
    return set(states(engine).values()) == {state}


def post(port: int, guid: str) -> int:
    body = pull_request()
    address = f"http://127.0.0.1:{port}/webhooks/github"
    return requests.post(address, data=body, headers=headers(body, guid), timeout=10).status_code


def is_up(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=10).ok
    except requests.ConnectionError:
        return False


def test_web_is_killed_right_after_its_202(
    database_url: str, engine: sa.Engine, worker: Starter, tmp_path: Path
) -> None:
    port = free_port()
    environment = github_environment(database_url, port)
    with running("-m", "bot", "web", log=tmp_path / "web.log", **environment) as web:
        wait_until(lambda: is_up(port), "web is up")
        assert post(port, "kept") == 202
        kill(web)
    with worker():
        wait_until(lambda: all_are(engine, "done"), "the delivery is answered")
    assert lines(tmp_path) == ["begin kept", "end kept"]
    assert row(engine, "kept").review_id == "review-kept"


def test_the_worker_is_killed_in_the_middle(engine: sa.Engine, worker: Starter, tmp_path: Path) -> None:
    (tmp_path / "hold").touch()
    Queue(engine).accept(deliver("a"))
    with worker() as first:
        wait_until(lambda: lines(tmp_path) == ["begin a"], "the job began")
        kill(first)
    assert states(engine) == {"a": "running"}
    (tmp_path / "hold").unlink()
    with worker():
        wait_until(lambda: all_are(engine, "done"), "the job is done")
    assert lines(tmp_path) == ["begin a", "begin a", "end a"]


def test_the_worker_is_asked_to_stop_and_finishes(engine: sa.Engine, worker: Starter, tmp_path: Path) -> None:
    (tmp_path / "hold").touch()
    Queue(engine).accept(deliver("a"))
    with worker() as process:
        wait_until(lambda: lines(tmp_path) == ["begin a"], "the job began")
        process.send_signal(signal.SIGTERM)
        (tmp_path / "hold").unlink()
        assert process.wait(30) == 0
    assert (lines(tmp_path), states(engine)) == (["begin a", "end a"], {"a": "done"})


def test_many_pushes_one_review_and_a_limit_that_ends(
    engine: sa.Engine, worker: Starter, tmp_path: Path
) -> None:
    queue = Queue(engine)
    for guid in ("a", "b", "c"):
        queue.accept(deliver(guid, ask(1)))
    queue.accept(deliver("limited", ask(429, installation="other")))
    with worker():
        wait_until(
            lambda: set(states(engine).values()) == {"superseded", "done"}, "nothing is left to be done"
        )
    assert sorted(lines(tmp_path)) == ["begin c", "begin limited", "begin limited", "end c", "end limited"]
    assert states(engine) == {"a": "superseded", "b": "superseded", "c": "done", "limited": "done"}
