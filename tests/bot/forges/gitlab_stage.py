"""The adapter for GitLab in front of the stand-in, for the contract and for its own tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.forges.base import ChangeRef
from bot.forges.gitlab import GitlabForge
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_instance import Instance
from bot.forges.gitlab_note import read_mark
from tests.bot.forges.gitlab_stand_in import GitlabStandIn, MergeRequest
from tests.bot.forges.gitlab_stand_in.server import TOKEN
from tests.bot.forges.gitlab_stand_in.world import Files


class GitlabStage:
    """One project, below an address with a path."""

    def __init__(self, stand_in: GitlabStandIn) -> None:
        self.stand_in = stand_in
        self.project = stand_in.world.project()
        self.forge = gitlab_forge(stand_in)

    def open_change(self, base: Files, head: Files) -> ChangeRef:
        world = self.stand_in.world
        first = world.commit(self.project, base)
        opened = world.open(self.project, first, world.commit(self.project, head, first))
        return ChangeRef("gitlab", self.project.path, opened.iid)

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        return replace(ref, number=404)

    def push(self, ref: ChangeRef, files: Files) -> None:
        self.stand_in.world.push(self.project, self.request(ref), files)

    def close(self, ref: ChangeRef) -> None:
        self.request(ref).state = "closed"

    def summaries(self, ref: ChangeRef) -> list[str]:
        return [body for body in map(told, self.notes(ref)) if body]

    def notes(self, ref: ChangeRef) -> list[str]:
        """What the single notes on the merge request say."""
        return [one.notes[0].body for one in self.request(ref).discussions if one.is_individual]

    def request(self, ref: ChangeRef) -> MergeRequest:
        return self.project.merge_requests[ref.number]


def told(body: str) -> str:
    """What a summary note says between its heading and its mark; nothing for another note."""
    return body.split("\n\n", 1)[1].rpartition("\n\n")[0] if read_mark(body) is not None else ""


def gitlab_forge(stand_in: GitlabStandIn) -> GitlabForge:
    """Fresh, with nothing remembered."""
    return GitlabForge(Client(Instance(stand_in.url, TOKEN)))


@contextmanager
def gitlab_stage(folder: Path) -> Iterator[GitlabStage]:
    with GitlabStandIn() as stand_in:
        yield GitlabStage(stand_in)
