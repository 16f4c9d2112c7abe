"""The reviewing side put together: forges, advisories and memory, behind what a job calls."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from analyzers.catalogue import load_rules
from bot.advisories import open_database as open_advisories
from bot.counters import count_finding, count_request, count_review
from bot.errors import NotAllowed
from bot.forge_settings import GitHubSettings, LocalSettings
from bot.forges.base import Forge, Request
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.gitlab import GitlabForge
from bot.forges.gitlab_client import Client as GitlabClient
from bot.forges.gitlab_instance import Instance
from bot.forges.local import LocalForge
from bot.gitlab_settings import GitLabSettings
from bot.review.desk import Desk
from bot.review.run import admit_failure, answer
from bot.review.threads import Plan
from bot.settings import Settings
from bot.store.local import Conversations
from bot.store.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does. `answer` and `apologise` are those of `bot.jobs.job`."""

    desks: Mapping[str, Desk]

    def answer(self, request: Request, guid: str) -> str | None:
        started = time.monotonic()
        outcome = answer(request, self._desk(request), guid)
        if outcome is None:
            return None
        count_review(request.change.forge, time.monotonic() - started)
        _count_findings(outcome.plan)
        return outcome.review_id

    def apologise(self, request: Request, guid: str, reason: str) -> None:
        """The change shows the guid only; the reason may tell too much and stays in the ledger."""
        admit_failure(request, self._desk(request).forge, guid)

    def _desk(self, request: Request) -> Desk:
        """A forge may have left the settings while its deliveries were waiting."""
        if request.change.forge not in self.desks:
            raise NotAllowed(f"the forge {request.change.forge} is not configured")
        return self.desks[request.change.forge]


def _count_findings(plan: Plan) -> None:
    for outcome, placed in (("posted", plan.open), ("summarised", plan.held_back)):
        for entry in placed:
            count_finding(entry.finding.rule, entry.finding.severity.value, outcome)


def create_work(settings: Settings, engine: sa.Engine) -> Work:
    """Rules are read now, so that the first review is as quick as the rest.

    Raises Misconfigured where a key is no key or GOVULNDB no database.
    """
    load_rules()
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
    for gitlab in settings.gitlabs:
        forges[gitlab.name] = _create_gitlab(gitlab)
    if settings.local:
        forges["local"] = _create_local(settings.local, engine, settings.public_url)
    return forges


def _create_github(github: GitHubSettings) -> Forge:
    addresses = Addresses(github.api_url, github.graphql_url, github.url)
    count = partial(count_request, "github")
    return GithubForge(GithubApp(github.app_id, github.private_key, addresses, count))


def _create_gitlab(gitlab: GitLabSettings) -> Forge:
    instance = Instance(gitlab.url, gitlab.token, gitlab.name, gitlab.ca_bundle)
    return GitlabForge(GitlabClient(instance, partial(count_request, gitlab.name)))


def _create_local(local: LocalSettings, engine: sa.Engine, public_url: str) -> Forge:
    return LocalForge(local.repositories, Conversations(engine), public_url)
