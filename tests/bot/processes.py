"""Real processes for the tests: started in a group of their own, waited for by looking, killed in the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bot.forges.stand_in.server import private_key

ROOT = Path(__file__).parents[2]
DEADLINE_SECONDS = 120.0


@contextmanager
def running(*arguments: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python …` from the root of the project, with `environment` and little more. Killed in the end."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=kept | environment,
            stdout=output,
            stderr=output,
            process_group=0,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9` for the process and every child of it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(is_true: Callable[[], object], what: str, seconds: float = DEADLINE_SECONDS) -> None:
    """Look again and again. Fails with `what` after the deadline."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def github_environment(database_url: str, port: int) -> Mapping[str, str]:
    """What `web` wants, quick and without any wait."""
    return {
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "QUIET_SECONDS": "0",
        "GITHUB_WRITE_PAUSE": "0",
        "HOST": "127.0.0.1",
        "WEB_CONCURRENCY": "2",
        "GITHUB_APP_ID": "7",
        "GITHUB_PRIVATE_KEY": private_key(),
        "GITHUB_WEBHOOK_SECRET": "correct horse",
    }
