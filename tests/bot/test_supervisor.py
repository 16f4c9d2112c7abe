"""One tree of processes: it survives its children, and its children do not survive it."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import pytest
import requests

from bot.stopping import HOPELESS
from bot.supervisor import supervise
from tests.bot.processes import free_port, running, wait_until

APPEND = "import sys; open(sys.argv[1], 'a').write('x')"
SLEEP = "import time; time.sleep(600)"


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def test_a_child_without_hope_ends_it_all() -> None:
    commands = {"lost": python(f"raise SystemExit({HOPELESS})"), "fine": python(SLEEP)}
    assert supervise(commands, threading.Event()) == HOPELESS


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    marks, stop, codes = tmp_path / "marks", threading.Event(), []
    commands = {"mortal": python(APPEND, str(marks)), "fine": python(SLEEP)}
    thread = threading.Thread(target=lambda: codes.append(supervise(commands, stop)))
    thread.start()
    wait_until(lambda: marks.exists() and marks.read_text() == "xx", "the child was started twice")
    stop.set()
    thread.join()
    assert codes == [0]


@pytest.fixture
def served(tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "PORT": str(free_port()),
        "LOCAL_REPOS": str(tmp_path),
        "LOCAL_WEBHOOK_SECRET": "s",
        "GOVULNDB": "https://127.0.0.1:1",
    }


def is_ready(served: dict[str, str]) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{served['PORT']}/readyz", timeout=10).ok
    except requests.ConnectionError:
        return False


@pytest.mark.process
def test_serve_stops_when_asked(served: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    with running("-m", "bot", "serve", log=log, **served) as process:
        wait_until(lambda: is_ready(served), "the bot is ready")
        wait_until(lambda: "worker_started" in log.read_text(), "the worker works")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert not is_ready(served)
    assert "worker_stopped" in log.read_text()
    assert "child_died" not in log.read_text()


@pytest.mark.process
def test_children_leave_when_serve_is_killed(served: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    with running("-m", "bot", "serve", log=log, **served) as process:
        wait_until(lambda: is_ready(served), "the bot is ready")
        wait_until(lambda: "worker_started" in log.read_text(), "the worker works")
        process.kill()
        wait_until(lambda: not is_ready(served), "the web server left")
        wait_until(lambda: "worker_stopped" in log.read_text(), "the worker left")


@pytest.mark.process
def test_wrong_settings_are_told_and_end_it(served: dict[str, str], tmp_path: Path) -> None:
    served["LOCAL_WEBHOOK_SECRET"] = ""
    with running("-m", "bot", "serve", log=tmp_path / "log", **served) as process:
        assert process.wait(30) == HOPELESS
    assert "LOCAL_WEBHOOK_SECRET is missing" in (tmp_path / "log").read_text()
