"""The reviewing side put together: forges, advisories and memory, behind what a job calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.advisories import open_database as open_advisories
from bot.errors import NotAllowed
from bot.forge_settings import GitHubSettings, LocalSettings
from bot.forges.base import Forge, Request
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.local import LocalForge
from bot.review.run import Desk, admit_failure, review
from bot.settings import Settings
from bot.store.local import Conversations
from bot.store.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does. `answer` and `apologise` are those of `bot.jobs.job`."""

    desks: Mapping[str, Desk]

    def answer(self, request: Request, guid: str) -> str | None:
        outcome = review(request, self._desk(request), guid)
        return outcome.review_id if outcome else None

    def apologise(self, request: Request, guid: str, reason: str) -> None:
        """The change shows the guid only; the reason may tell too much and stays in the ledger."""
        admit_failure(request, self._desk(request).forge, guid)

    def _desk(self, request: Request) -> Desk:
        """A forge may have left the settings while its deliveries were waiting."""
        if request.change.forge not in self.desks:
            raise NotAllowed(f"the forge {request.change.forge} is not configured")
        return self.desks[request.change.forge]


def create_work(settings: Settings, engine: sa.Engine) -> Work:
    """Raises Misconfigured where a key is no key or GOVULNDB no database."""
    advisories = open_advisories(settings.govulndb)
    reviews = Reviews(engine)
    desks = {
        name: Desk(forge, reviews, settings.public_url, advisories)
        for name, forge in _create_forges(settings, engine).items()
    }
    return Work(desks)


def _create_forges(settings: Settings, engine: sa.Engine) -> Mapping[str, Forge]:
    forges: dict[str, Forge] = {}
    if settings.github:
        forges["github"] = _create_github(settings.github)
    if settings.local:
        forges["local"] = _create_local(settings.local, engine, settings.public_url)
    return forges


def _create_github(github: GitHubSettings) -> Forge:
    addresses = Addresses(github.api_url, github.graphql_url, github.url)
    return GithubForge(GithubApp(github.app_id, github.private_key, addresses))


def _create_local(local: LocalSettings, engine: sa.Engine, public_url: str) -> Forge:
    return LocalForge(local.repositories, Conversations(engine), public_url)
