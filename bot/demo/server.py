"""The real bot, web and worker, as processes of their own on a free port, with everything in one folder."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.forges.signature import sign
from bot.settings import KNOWN_NAMES

START_SECONDS = 30
STOP_SECONDS = 20


class Stuck(Exception):
    """The bot did not do what it was started for. Its log tells more."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running bot. `url` is its address, `database_url` where it keeps its books."""

    url: str
    database_url: str
    log: Path
    secret: str
    process: subprocess.Popen[bytes]

    def deliver(self, payload: Mapping[str, object]) -> None:
        """Send a signed webhook, as a forge would. Raises Stuck where it is not taken."""
        body = json.dumps(payload).encode()
        headers = {
            "Content-Type": "application/json",
            "X-GitHub-Event": "change",
            "X-GitHub-Delivery": str(uuid.uuid4()),
            "X-Hub-Signature-256": sign(body, self.secret),
        }
        post = urllib.request.Request(f"{self.url}/webhooks/local", body, headers)  # noqa: S310 - our own address
        try:
            with urllib.request.urlopen(post, timeout=10):  # noqa: S310
                return
        except OSError as refusal:
            raise Stuck(f"the webhook was not taken: {refusal}") from refusal


@contextmanager
def running_server(folder: Path, repositories: Path) -> Iterator[Server]:
    """The bot over a folder of repositories, stopped at the end."""
    port, secret, log = _free_port(), secrets.token_hex(16), folder / "bot.log"
    environment = _environment(folder, repositories, port, secret)
    with log.open("wb") as output:
        command = [sys.executable, "-m", "bot", "serve"]
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=output, stderr=output)
    server = Server(environment["PUBLIC_URL"], environment["DATABASE_URL"], log, secret, process)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        _stop(process)


def _environment(folder: Path, repositories: Path, port: int, secret: str) -> dict[str, str]:
    """Ours alone: whatever bot this machine is set up for must not be touched by a demonstration."""
    inherited = {name: value for name, value in os.environ.items() if name not in KNOWN_NAMES}
    return inherited | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/shipworthy.db",
        "LOCAL_REPOS": str(repositories),
        "LOCAL_WEBHOOK_SECRET": secret,
        "GOVULNDB": _empty_advisories(folder).as_uri(),
        "QUIET_SECONDS": "0",
        "WEB_CONCURRENCY": "1",
        "LOG_FORMAT": "text",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


def _empty_advisories(folder: Path) -> Path:
    """A vulnerability database without entries: the demonstration works without a network."""
    index = folder / "advisories" / "index"
    index.mkdir(parents=True)
    (index / "modules.json").write_text("[]")
    (index / "db.json").write_text('{"modified": "2026-01-01T00:00:00Z"}')
    return index.parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Stuck("the bot did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
