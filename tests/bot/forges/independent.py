"""The contract against a stand-in that somebody else wrote, where it is found.

It is a folder named by SHIPWORTHY_FORGE, or `shared/forge` beside the checkout. Its requirements must be
importable and its contracts in its cache: nothing is installed from here.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.forges.base import ChangeRef
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp

Files = Mapping[str, str]

REPOSITORY = "acme/shop"
_SIBLING = Path(__file__).resolve().parents[4] / "shared" / "forge"
_NEEDED = ("graphql", "jsonschema", "referencing", "jwt", "yaml")


@cache
def missing() -> str:
    """Why it cannot be used; nothing where it can. Makes it importable."""
    folder = Path(os.environ.get("SHIPWORTHY_FORGE") or _SIBLING)
    if not (folder / "forge" / "control.py").is_file():
        return "no independent stand-in: SHIPWORTHY_FORGE is not set and ../shared/forge is not there"
    if absent := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        return f"the independent stand-in needs {', '.join(absent)}"
    if not (_cache() / "node_modules" / "@octokit" / "openapi").is_dir():
        return "the independent stand-in has not fetched its contracts yet"
    sys.path.append(str(folder))
    return ""


def _cache() -> Path:
    if named := os.environ.get("FORGE_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "forge-emulator"


class IndependentStage:
    """The adapter for GitHub in front of the other stand-in. `world` is its own control."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.app = world.gh.app()
        self.repository = world.gh.repo(REPOSITORY, files={"README": "here\n"})
        self.dev = world.gh.collaborator(self.repository, "dev", "write")
        self.installation = world.gh.install("acme", [self.repository])
        self.requests: list[tuple[str, str, int]] = []
        self.forge = self.fresh_forge()

    def fresh_forge(self) -> GithubForge:
        addresses = Addresses(api=f"{self.world.github_server.url}/api/v3")
        hear = lambda *request: self.requests.append(request)  # noqa: E731
        return GithubForge(GithubApp(self.app.id, self.app.private_key, addresses, hear))

    def open_change(self, base: Files, head: Files) -> ChangeRef:
        hands = self.world.gh
        known = {"README": "here\n"}
        first = hands.commit(self.repository, hands.tip(self.repository), steps(known, base))
        hands.push(self.repository, "main", first)
        hands.push(self.repository, "feature", hands.commit(self.repository, first, steps(base, head)))
        self._files = dict(head)
        return self.ref(hands.open_pr(self.repository, "feature", self.dev))

    def ref(self, pull: Any) -> ChangeRef:
        return ChangeRef("github", REPOSITORY, pull.number, str(self.installation.id))

    def unknown(self, ref: ChangeRef) -> ChangeRef:
        return replace(ref, number=404)

    def push(self, ref: ChangeRef, files: Files) -> None:
        self.world.gh.push(self.repository, "feature", changes=steps(self._files, files))
        self._files = dict(files)

    def close(self, ref: ChangeRef) -> None:
        self.world.gh.event(self.pull(ref), "closed")

    def summaries(self, ref: ChangeRef) -> list[str]:
        return [run["summary"] for run in self.world.gh.runs(self.repository, self.pull(ref).head_sha)]

    def pull(self, ref: ChangeRef) -> Any:
        return self.repository.pulls[ref.number]


@contextmanager
def independent_stage(folder: Path) -> Iterator[IndependentStage]:
    if reason := missing():
        pytest.skip(reason)
    control = importlib.import_module("forge.control")
    with control.Forge(root=str(folder), gitlab=False) as world:
        stage = IndependentStage(world)
        yield stage
        assert [one for one in world.log.violations if one["severity"] == "error"] == []
        assert world.log.unimplemented == []


def steps(before: Files, after: Files) -> dict[str, str | None]:
    """What to write, and None for what to delete."""
    gone: dict[str, str | None] = dict.fromkeys(before.keys() - after.keys())
    return gone | {path: text for path, text in after.items() if before.get(path) != text}
