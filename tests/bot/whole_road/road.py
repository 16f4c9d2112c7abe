"""The whole road in real processes: web, worker and database on one side, GitHub's stand-in on the other."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import sqlalchemy as sa

from bot.store.database import open_database
from bot.store.deliveries import OPEN
from bot.store.tables import posted
from tests.bot.forges.stand_in import StandIn
from tests.bot.jobs.ledger import row, states
from tests.bot.processes import DEADLINE_SECONDS, free_port, github_environment, kill, running, wait_until
from tests.bot.web.test_metrics import samples
from tests.bot.webhooks import headers
from tests.bot.whole_road.payloads import Payload


class Service:
    """`shipworthy web` or `shipworthy worker`, killed and started again as a test likes."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._command = ("-m", "bot", name)
        self.log = folder / f"{name}.log"
        self.environment = environment
        self.starts = 0
        self._life = ExitStack()

    def start(self) -> None:
        self.starts += 1
        self._process = self._life.enter_context(running(*self._command, log=self.log, **self.environment))

    def kill(self) -> None:
        """`kill -9`: it has no time for anything."""
        kill(self._process)

    def end(self) -> None:
        self._life.close()


@dataclass
class Road:
    """Both services on one database. What a test wants of the forge it arranges on `stand_in`."""

    stand_in: StandIn
    engine: sa.Engine
    web: Service
    worker: Service
    address: str

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def new_guid(self) -> str:
        return f"delivery-{next(self._numbers)}"

    def post(self, body: bytes, head: Mapping[str, str]) -> requests.Response:
        """A webhook over HTTP."""
        return requests.post(f"{self.address}/webhooks/github", data=body, headers=head, timeout=30)

    def send(self, event: str, payload: Payload, guid: str) -> requests.Response:
        """The same, signed as GitHub signs."""
        body = json.dumps(payload).encode()
        return self.post(body, headers(body, guid, event))

    def answered(self, guid: str) -> str:
        """How the delivery ended."""
        wait_until(lambda: row(self.engine, guid).state not in OPEN, f"{guid} is answered")
        return str(row(self.engine, guid).state)

    def redrive(self, guid: str) -> None:
        """As an operator on the same machine does."""
        with running("-m", "bot", "redrive", guid, log=self.web.log, **self.web.environment) as command:
            assert command.wait(DEADLINE_SECONDS) == 0

    def measured(self) -> dict[tuple[str, ...], float]:
        """What Prometheus sees: by name and the labels' values, these in the order of the labels' names."""
        return samples(requests.get(f"{self.address}/metrics", timeout=30).text)

    @property
    def asked(self) -> list[str]:
        """What the forge was asked for, but whether we missed something: that is asked every few minutes."""
        return [line for line in self.stand_in.requests if line != "GET /app/hook/deliveries"]

    def settle(self) -> None:
        """Wait until what a worker looks after when it starts has been looked after."""
        wait_until(self._is_settled, f"the first rounds are made, see {self.worker.log}")

    def _is_settled(self) -> bool:
        if self.worker.log.read_text().count("rounds_made") < self.worker.starts:
            return False
        surveys = [state for guid, state in states(self.engine).items() if guid.startswith("survey-")]
        return not OPEN & set(surveys)

    @property
    def stored(self) -> int:
        return len(states(self.engine))

    def wait_for_web(self) -> None:
        wait_until(lambda: is_ready(self.address), f"web is up, see {self.web.log}")


def let_time_go_by(engine: sa.Engine) -> None:
    """So much that what was posted would be to be seen."""
    with engine.begin() as connection:
        connection.execute(posted.update().values(posted_at=datetime.now(UTC) - timedelta(hours=1)))


def is_ready(address: str) -> bool:
    try:
        return requests.get(f"{address}/readyz", timeout=10).ok
    except requests.ConnectionError:
        return False


def build_road(stand_in: StandIn, database_url: str, folder: Path) -> Road:
    """A road on which nothing runs yet."""
    port = free_port()
    environment = {
        **github_environment(database_url, port),
        "WEB_CONCURRENCY": "1",
        "GITHUB_APP_ID": str(stand_in.world.app_id),
        "GITHUB_API_URL": f"{stand_in.url}/api/v3",
        "GOVULNDB": empty_advisories(folder),
        "PROMETHEUS_MULTIPROC_DIR": _counts(folder),
    }
    web, worker = (Service(name, folder, environment) for name in ("web", "worker"))
    return Road(stand_in, open_database(database_url), web, worker, f"http://127.0.0.1:{port}")


def _counts(folder: Path) -> str:
    """Where both count together, as below `shipworthy serve`."""
    (folder / "counts").mkdir()
    return str(folder / "counts")


def empty_advisories(folder: Path) -> str:
    index = folder / "advisories" / "index"
    index.mkdir(parents=True)
    (index / "modules.json").write_text("[]")
    return f"file://{folder}/advisories"
