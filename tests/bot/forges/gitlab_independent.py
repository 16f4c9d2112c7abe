"""The adapter for GitLab in front of a stand-in that somebody else wrote, where it is found."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.forges.base import ChangeRef
from bot.forges.gitlab import GitlabForge
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_instance import Instance
from tests.bot.forges.gitlab_stage import told
from tests.bot.forges.independent import REPOSITORY, Files, missing, steps

UNKNOWN = re.compile(r"gitlab graphql|GET /api/v4/(groups|projects/\d+/hooks/\d+/events)")
"""That stand-in's GraphQL knows few fields of a merge request; it has no groups and no hooks' events."""


class IndependentGitlab:
    """`world` is its own control."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.bot = world.gl.bot()
        self.project = world.gl.project(REPOSITORY, files={"README": "here\n"})
        self.dev = world.gl.member(self.project, "dev", 30)
        self.requests: list[tuple[str, str, int]] = []
        self.forge = self.fresh_forge()

    def fresh_forge(self) -> GitlabForge:
        instance = Instance(self.world.gitlab_server.url, self.world.gitlab.bot_token)
        return GitlabForge(Client(instance, lambda *request: self.requests.append(request)))

    def open_change(self, base: Files, head: Files) -> ChangeRef:
        hands = self.world.gl
        hands.push(self.project, "main", steps({"README": "here\n"}, base))
        hands.push(self.project, "feature", steps(base, head), base=hands.tip(self.project))
        self._files = dict(head)
        return self.ref(hands.open_mr(self.project, "feature", self.dev))

    def ref(self, merge_request: Any) -> ChangeRef:
        return ChangeRef("gitlab", REPOSITORY, merge_request.iid, "token")

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        return replace(ref, number=404)

    def push(self, ref: ChangeRef, files: Files) -> None:
        self.world.gl.push(self.project, "feature", steps(self._files, files))
        self._files = dict(files)

    def close(self, ref: ChangeRef) -> None:
        self.world.gl.event(self.request(ref), "close")

    def summaries(self, ref: ChangeRef) -> list[str]:
        return [told(note["body"]) for note in self.posted(ref)["notes"]]

    def posted(self, ref: ChangeRef) -> dict[str, Any]:
        return dict(self.world.gl.posted(self.request(ref)))

    def request(self, ref: ChangeRef) -> Any:
        return self.project.mrs[ref.number]


@contextmanager
def independent_gitlab(folder: Path) -> Iterator[IndependentGitlab]:
    if reason := missing():
        pytest.skip(reason)
    control = importlib.import_module("forge.control")
    with control.Forge(root=str(folder), github=False) as world:
        yield IndependentGitlab(world)
        check_manners(world)


def check_manners(world: Any) -> None:
    """Raises where the bot broke one of GitLab's rules, or asked for what nobody knows."""
    assert [one for one in world.log.violations if one["severity"] == "error"] == []
    asked = {str(one["where"]) for one in world.log.unimplemented}
    unknown = {one for one in asked if not UNKNOWN.match(one)}
    assert not unknown, unknown
