"""One repository with one pull request, and what can be seen on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.bot.dockerfiles import GOOD
from tests.bot.forges.stand_in import PullRequest
from tests.bot.forges.stand_in.world import Thread
from tests.bot.whole_road import payloads
from tests.bot.whole_road.road import Road

DOCKERFILE = "# {name}\n" + GOOD
LATEST_LINE = 7


class Scene:
    """A repository and an installation of its own, so that no cache and no limit is shared with another."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.world = road.stand_in.world
        number = self.world.next_number()
        self.name = f"acme/shop{number}"
        self.repository = self.world.repository(self.name)
        self.repository.permissions["dev"] = "write"
        self.installation = 1000 + number
        self.repository.installation = self.installation
        self.world.installations.add(self.installation)

    def clean(self, name: str = "app") -> str:
        """A Dockerfile without a mistake, its content found nowhere else."""
        return DOCKERFILE.format(name=f"{self.name} {name}")

    def wrong(self, name: str = "app") -> str:
        """The same with `latest` on LATEST_LINE."""
        return self.clean(name).replace("alpine:3.22\n", "alpine:latest\n")

    def propose(self, before: Mapping[str, str], after: Mapping[str, str]) -> PullRequest:
        """A pull request that turns `before` into `after`."""
        first = self.world.commit(self.repository, before)
        self.pull = self.world.pull(self.repository, first, self.world.commit(self.repository, after, first))
        return self.pull

    def push(self, files: Mapping[str, str]) -> None:
        self.world.push(self.repository, self.pull, files)

    def tell(self, action: str, fork: str = "", guid: str = "") -> str:
        """The forge's event about the pull request; the delivery's id."""
        return self.send("pull_request", payloads.pull_request(self.pull, action, fork), guid)

    def say(self, words: str, author: str = "dev") -> str:
        """A comment below the pull request; the delivery's id."""
        comment = self.world.next_number()
        return self.send("issue_comment", payloads.issue_comment(self.pull, comment, words, author))

    def reply(self, words: str, author: str) -> str:
        """An answer in the one conversation; the delivery's id."""
        (thread,) = self.open_threads
        comment = self.world.comment(author, words)
        thread.comments.append(comment)
        payload = payloads.review_comment(self.pull, thread, comment.id, words, author)
        return self.send("pull_request_review_comment", payload)

    def ask_again(self, run: Mapping[str, Any]) -> str:
        """Press “Re-run” beside the check."""
        return self.send("check_run", payloads.check_run(run, self.world.app_id, "dev"))

    def ask_all_again(self) -> str:
        """Press “Re-run all checks” where GitHub does not say of which change."""
        return self.send("check_suite", payloads.check_suite(self.pull.head, self.world.app_id, "dev"))

    def enqueue(self, meanwhile: Mapping[str, str], trial: Mapping[str, str]) -> str:
        """Put the pull request into the merge queue of a branch that has become `meanwhile`.

        The id of the delivery; what the queue makes of both is the commit `trial`.
        """
        base = self.world.commit(self.repository, meanwhile, self.pull.base)
        self.trial = self.world.commit(self.repository, trial, base)
        return self.send("merge_group", payloads.merge_group(self.pull.number, base, self.trial))

    def send(self, event: str, payload: payloads.Payload, guid: str = "") -> str:
        guid = guid or self.road.new_guid()
        answer = self.road.send(event, self.addressed(payload), guid)
        assert answer.status_code == 202, answer.text
        return guid

    def addressed(self, payload: payloads.Payload) -> payloads.Payload:
        return {**payload, "repository": {"full_name": self.name}, "installation": {"id": self.installation}}

    def review(self, action: str = "opened", fork: str = "") -> str:
        """Tell, and wait for the answer: how it ended."""
        return self.road.answered(self.tell(action, fork))

    def requests(self) -> list[str]:
        """What was asked of the forge since the last look, whoever asked."""
        asked = self.road.asked
        self.road.stand_in.requests.clear()
        return asked

    @property
    def runs(self) -> list[dict[str, Any]]:
        """The check runs of the present head."""
        return self.runs_at(self.pull.head)

    def runs_at(self, head: str) -> list[dict[str, Any]]:
        return [run for run in self.repository.check_runs.values() if run["head_sha"] == head]

    @property
    def run(self) -> dict[str, Any]:
        """The one check run of the present head, completed."""
        (run,) = self.runs
        assert run["status"] == "completed"
        return run

    @property
    def places(self) -> list[tuple[str, int | None]]:
        return sorted((thread.path, thread.line) for thread in self.pull.threads)

    @property
    def open_threads(self) -> list[Thread]:
        return [thread for thread in self.pull.threads if thread.resolved_by is None]

    @property
    def answers(self) -> list[str]:
        """What was said below the pull request."""
        return [comment.body for comment in self.pull.comments]

    @property
    def signs(self) -> list[str]:
        return [sign for _, _, sign in self.repository.reactions]
