"""Both services in front of the stand-in that somebody else wrote; its webhooks come by themselves."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import open_database
from bot.store.marks import Marks
from tests.bot.forges.independent import missing
from tests.bot.processes import free_port, github_environment, wait_until
from tests.bot.whole_road.road import Service, empty_advisories, is_ready

Files = Mapping[str, str | None]


class IndependentRoad:
    """A world of its own and the bot in it. `world` is the stand-in's control."""

    def __init__(self, world: Any, folder: Path) -> None:
        self.world = world
        self.hands = world.gh
        self._app = world.gh.app()
        database_url = f"sqlite:///{folder}/bot.db"
        port = free_port()
        environment = {
            **github_environment(database_url, port),
            "WEB_CONCURRENCY": "1",
            "GITHUB_APP_ID": str(self._app.id),
            "GITHUB_PRIVATE_KEY": self._app.private_key,
            "GITHUB_WEBHOOK_SECRET": self._app.secret,
            "GITHUB_API_URL": f"{world.github_server.url}/api/v3",
            "GOVULNDB": empty_advisories(folder),
        }
        self.web, self.worker = (Service(name, folder, environment) for name in ("web", "worker"))
        self.engine = open_database(database_url)
        self.address = f"http://127.0.0.1:{port}"
        self._numbers = iter(range(1, 1000))

    def start(self) -> None:
        self.web.start()
        self.worker.start()
        self.wait_for_web()
        self.world.github.hooks.url = f"{self.address}/webhooks/github"

    def wait_for_web(self) -> None:
        wait_until(lambda: is_ready(self.address), f"web is up, see {self.web.log}")

    def look_around(self) -> None:
        """As after a while: what was missed is asked for."""
        self.worker.kill()
        Marks(self.engine).move("turn:github:catch-up", datetime.now(UTC) - timedelta(hours=3))
        self.worker.start()

    def end(self) -> None:
        self.web.end()
        self.worker.end()
        self.engine.dispose()

    def scene(self) -> IndependentScene:
        return IndependentScene(self, f"shop{next(self._numbers)}")


class IndependentScene:
    """A repository with its own owner, so that no limit is shared; and the last pull request in it."""

    def __init__(self, road: IndependentRoad, name: str) -> None:
        self.road, self.hands = road, road.hands
        self.repository = self.hands.repo(f"{name}-org/{name}", files={"README.md": f"{name}\n"})
        self.dev = self.hands.collaborator(self.repository, "dev", "write")
        self.installation = self.hands.install(f"{name}-org", [self.repository])

    def propose(self, before: Files, after: Files, **how: Any) -> None:
        """A pull request that turns `before`, which is pushed to the main branch first, into `after`."""
        self.hands.push(self.repository, "main", changes=dict(before))
        self.pull = self.hands.pr_from(self.repository, "feature", dict(after), self.dev, **how)

    def propose_from_fork(self, before: Files, after: Files) -> None:
        """The same by somebody who may write in a fork only."""
        self.hands.push(self.repository, "main", changes=dict(before))
        fork = self.hands.fork(self.repository, "stranger")
        stranger = self.hands.user("stranger")
        self.hands.push(fork, "theirs", changes=dict(after), user=stranger)
        self.pull = self.hands.open_pr(self.repository, "theirs", stranger, head_repo=fork)

    def push(self, changes: Files, **how: Any) -> None:
        self.hands.push(self.repository, "feature", changes=dict(changes), user=self.dev, **how)

    def judged(self, head: str = "") -> dict[str, Any]:
        """The finished check run of the present head or of another commit, waited for."""
        wait_until(lambda: self._finished(head), "the check is finished")
        return self._finished(head)[-1]

    def answered(self, reactions: list[str], comment: Any) -> None:
        """Wait until the bot has put these signs under a comment, in this order."""
        wait_until(lambda: self.signs(comment) == reactions, f"the signs are {reactions}")

    def signs(self, comment: Any) -> list[str]:
        return [sign for name, sign in self.hands.reactions(comment) if name.endswith("[bot]")]

    @property
    def threads(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.hands.posted(self.pull)["threads"]
        return found

    @property
    def places(self) -> list[tuple[str, int]]:
        return sorted((thread["path"], thread["line"]) for thread in self.threads)

    def _finished(self, head: str) -> list[dict[str, Any]]:
        runs = self.hands.runs(self.repository, head or self.pull.head_sha)
        return [run for run in runs if run["status"] == "completed"]


@contextmanager
def open_independent_road(folder: Path) -> Iterator[IndependentRoad]:
    """Skips without the other stand-in. Ends in an error where the bot broke one of its rules."""
    if reason := missing():
        pytest.skip(reason)
    control = importlib.import_module("forge.control")
    with control.Forge(root=str(folder / "forge"), gitlab=False) as world:
        road = IndependentRoad(world, folder)
        try:
            road.start()
            yield road
        finally:
            road.end()
        assert [one for one in world.log.violations if one["severity"] == "error"] == []
        assert world.log.unimplemented == []
