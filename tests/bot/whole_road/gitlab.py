"""Both services in front of GitLab's stand-in, and one project with one merge request."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from bot.store.database import open_database
from bot.store.deliveries import OPEN
from tests.bot.forges.gitlab_stand_in import GitlabStandIn, MergeRequest
from tests.bot.forges.gitlab_stand_in.server import TOKEN
from tests.bot.forges.gitlab_stand_in.world import Files, Note
from tests.bot.jobs.ledger import row
from tests.bot.processes import free_port, github_environment, wait_until
from tests.bot.whole_road.road import Service, empty_advisories, is_ready
from tests.bot.whole_road.scene import DOCKERFILE

SECRET = "correct horse"


class GitlabRoad:
    """On SQLite. Webhooks are sent as GitLab sends them."""

    def __init__(self, url: str, token: str, secret: str, folder: Path) -> None:
        database_url, port = f"sqlite:///{folder}/bot.db", free_port()
        plain = github_environment(database_url, port)
        environment = {
            **{name: value for name, value in plain.items() if not name.startswith("GITHUB_")},
            "WEB_CONCURRENCY": "1",
            "GITLAB_URL": url,
            "GITLAB_TOKEN": token,
            "GITLAB_WEBHOOK_SECRET": secret,
            "GOVULNDB": empty_advisories(folder),
        }
        self.web, self.worker = (Service(name, folder, environment) for name in ("web", "worker"))
        self.engine = open_database(database_url)
        self.address = f"http://127.0.0.1:{port}"
        self._numbers = itertools.count(1)

    def start(self) -> None:
        self.web.start()
        self.worker.start()
        wait_until(lambda: is_ready(self.address), f"web is up, see {self.web.log}")

    def end(self) -> None:
        self.web.end()
        self.worker.end()
        self.engine.dispose()

    def send(self, event: str, payload: Mapping[str, Any]) -> str:
        """The delivery's key."""
        key = f"key-{next(self._numbers)}"
        headers = {"X-Gitlab-Event": event, "X-Gitlab-Token": SECRET, "Idempotency-Key": key}
        body = json.dumps(payload).encode()
        answer = requests.post(f"{self.address}/webhooks/gitlab", data=body, headers=headers, timeout=30)
        assert answer.ok
        return key

    def answered(self, key: str) -> str:
        """How the delivery ended."""
        wait_until(lambda: row(self.engine, key).state not in OPEN, f"{key} is answered")
        return str(row(self.engine, key).state)


class GitlabScene:
    """A project of its own, so that no cache and no limit is shared."""

    def __init__(self, road: GitlabRoad, stand_in: GitlabStandIn) -> None:
        self.road, self.stand_in, self.world = road, stand_in, stand_in.world
        self.project = self.world.project(f"acme/team/shop{self.world.next_number()}")
        self.clean = DOCKERFILE.format(name=self.project.path)
        self.wrong = self.clean.replace("alpine:3.22\n", "alpine:latest\n")
        self.worse = self.wrong.replace("golang:1.26-alpine3.22", "golang:latest")

    def propose(self, before: Files, after: Files) -> MergeRequest:
        first = self.world.commit(self.project, before)
        self.request = self.world.open(self.project, first, self.world.commit(self.project, after, first))
        return self.request

    def push(self, files: Files) -> str:
        before = self.request.head
        self.world.push(self.project, self.request, files)
        return self.tell("update", oldrev=before)

    def tell(self, action: str, **more: Any) -> str:
        """The forge's event about the merge request, answered."""
        about = {"iid": self.request.iid, "action": action, "last_commit": {"id": self.request.head}, **more}
        return self.road.send("Merge Request Hook", self._payload("merge_request", about))

    def say(self, words: str, level: int) -> tuple[str, Note]:
        """A person with a role comments on the merge request."""
        user = self.world.user("ann")
        self.world.join(self.project, user, level)
        note = self.world.say(self.request, user, words).notes[0]
        about = {"id": note.id, "note": words, "noteable_type": "MergeRequest", "system": False}
        told = {**self._payload("note", about), "merge_request": {"iid": self.request.iid}}
        return self.road.send("Note Hook", {**told, "user": {"username": "ann", "id": user}}), note

    def _payload(self, kind: str, about: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "object_kind": kind,
            "user": {"username": "dev", "id": self.request.author},
            "project": {"path_with_namespace": self.project.path},
            "object_attributes": dict(about),
        }

    @property
    def places(self) -> list[tuple[str, int]]:
        positions = [one.notes[0].position for one in self.request.discussions]
        return [(one["new_path"], one["new_line"]) for one in positions if one]

    @property
    def notes(self) -> list[str]:
        return [one.notes[0].body for one in self.request.discussions if one.is_individual]

    @property
    def states(self) -> list[str]:
        return [one["status"] for one in self.project.statuses]


@contextmanager
def open_gitlab_road(folder: Path) -> Iterator[tuple[GitlabRoad, GitlabStandIn]]:
    with GitlabStandIn() as stand_in:
        road = GitlabRoad(stand_in.url, TOKEN, SECRET, folder)
        try:
            road.start()
            yield road, stand_in
        finally:
            road.end()
