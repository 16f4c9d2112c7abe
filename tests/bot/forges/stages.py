"""Forges with people on them, for the contract: each adapter brings a stage on which a test can act.

A new adapter joins by a class with these methods and a line in `STAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from bot.forges.base import ChangeRef, Forge
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp
from tests.bot.forges.gitlab_independent import independent_gitlab
from tests.bot.forges.gitlab_stage import gitlab_stage
from tests.bot.forges.independent import independent_stage
from tests.bot.forges.local_stage import local_stage
from tests.bot.forges.stand_in import PullRequest, StandIn
from tests.bot.forges.stand_in.server import private_key, served, unserved

Files = Mapping[str, str]


class Stage(Protocol):
    """One repository on one forge."""

    @property
    def forge(self) -> Forge: ...

    def open_change(self, base: Files, head: Files) -> ChangeRef:
        """A change from exactly the files of base to exactly those of head."""
        ...

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        """The name of a change in the same repository that nobody opened."""
        ...

    def push(self, ref: ChangeRef, files: Files) -> None:
        """The head of the change becomes exactly these files."""
        ...

    def close(self, ref: ChangeRef) -> None:
        """The change is no longer open."""
        ...

    def summaries(self, ref: ChangeRef) -> list[str]:
        """The bodies of what we published for the present head."""
        ...


class GithubStage:
    """The adapter for GitHub in front of the stand-in."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.repository = stand_in.world.repository()
        self.forge = github_forge(stand_in)

    def open_change(self, base: Files, head: Files) -> ChangeRef:
        world = self.stand_in.world
        first = world.commit(self.repository, base)
        pull = world.pull(self.repository, first, world.commit(self.repository, head, first))
        return ChangeRef("github", self.repository.name, pull.number, str(world.installation))

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        return replace(ref, number=404)

    def push(self, ref: ChangeRef, files: Files) -> None:
        self.stand_in.world.push(self.repository, self.pull(ref), files)

    def close(self, ref: ChangeRef) -> None:
        self.pull(ref).state = "CLOSED"

    def summaries(self, ref: ChangeRef) -> list[str]:
        head = self.pull(ref).head
        return [run["summary"] for run in self.repository.check_runs.values() if run["head_sha"] == head]

    def pull(self, ref: ChangeRef) -> PullRequest:
        return self.repository.pulls[ref.number]


def github_forge(stand_in: StandIn) -> GithubForge:
    """Fresh, with no token and nothing remembered; addressed as an Enterprise Server is."""
    addresses = Addresses(api=f"{stand_in.url}/api/v3")
    return GithubForge(GithubApp(stand_in.world.app_id, private_key(), addresses))


@contextmanager
def github_stage(folder: Path) -> Iterator[GithubStage]:
    with unserved() as stand_in:
        yield GithubStage(stand_in)


@contextmanager
def served_github_stage() -> Iterator[GithubStage]:
    """Over HTTP, for what only a connection shows."""
    with served() as stand_in:
        yield GithubStage(stand_in)


STAGES: dict[str, Callable[[Path], AbstractContextManager[Stage]]] = {
    "github": github_stage,
    "github, independent": independent_stage,
    "gitlab": gitlab_stage,
    "gitlab, independent": independent_gitlab,
    "local": local_stage,
}
