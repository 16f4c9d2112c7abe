"""The reviewing side put together: forges, advisories and memory, behind what a job calls."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from analyzers.catalogue import load_rules
from bot.advisories import open_database as open_advisories
from bot.counters import count_finding, count_request, count_review, tell_limit
from bot.errors import NotAllowed
from bot.forge_settings import GitHubSettings, LocalSettings
from bot.forges.base import Forge, Request, Trigger
from bot.forges.github import GithubForge
from bot.forges.github_app import Addresses, GithubApp
from bot.forges.github_pace import Allowance, Pace
from bot.forges.github_rounds import GithubRounds
from bot.forges.gitlab import GitlabForge
from bot.forges.gitlab_client import Client as GitlabClient
from bot.forges.gitlab_instance import Instance
from bot.forges.gitlab_rounds import GitlabRounds
from bot.forges.local import LocalForge
from bot.forges.rounds import Rounds
from bot.gitlab_settings import GitLabSettings
from bot.jobs.ailing import note_ailments
from bot.jobs.catching_up import resend_missed
from bot.jobs.queue import Queue
from bot.jobs.rounds import Round
from bot.jobs.surveying import Surveys, sweep
from bot.review.desk import Desk
from bot.review.run import admit_failure, answer
from bot.review.threads import Plan
from bot.settings import Settings
from bot.store import changes
from bot.store.local import Conversations
from bot.store.reviews import Reviews

CATCH_UP = timedelta(minutes=5)
SWEEP = timedelta(hours=1)
CHECK_UP = timedelta(hours=1)
FORGET = timedelta(days=1)
KEEP = timedelta(days=365)
"""So long what was kept of a change outlives its last review; so long lead its links to a page."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does. `answer` and `apologise` are those of `bot.jobs.job`."""

    desks: Mapping[str, Desk]
    surveys: Surveys

    def answer(self, request: Request, guid: str) -> str | None:
        if request.trigger is Trigger.SURVEY:
            self.surveys.answer(request, guid)
            return None
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

    @property
    def rounds(self) -> Sequence[Round]:
        """What is looked after without being asked for."""
        queue = self.surveys.queue
        asking = self.surveys.rounds.items()
        return [
            Round("old-changes", FORGET, lambda now: changes.forget(queue.engine, now - KEEP)),
            *(one for forge, rounds in asking for one in _create_rounds(forge, rounds, queue)),
        ]

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
    connections = _connect(settings)
    desks = {
        name: Desk(forge, reviews, settings.public_url, advisories)
        for name, forge in _create_forges(settings, engine, connections).items()
    }
    return Work(desks, Surveys(connections.rounds, Queue(engine)))


@dataclass(frozen=True, slots=True)
class _Connections:
    """Who we are to each forge, once for reviews and rounds: they have limits in common."""

    app: GithubApp | None
    gitlabs: Mapping[str, GitlabClient]

    @property
    def rounds(self) -> Mapping[str, Rounds]:
        rounds: dict[str, Rounds] = {name: GitlabRounds(client) for name, client in self.gitlabs.items()}
        return rounds | ({"github": GithubRounds(self.app)} if self.app else {})


def _connect(settings: Settings) -> _Connections:
    app = _create_app(settings.github) if settings.github else None
    return _Connections(app, {one.name: _create_client(one) for one in settings.gitlabs})


def _create_forges(settings: Settings, engine: sa.Engine, connections: _Connections) -> Mapping[str, Forge]:
    forges: dict[str, Forge] = {name: GitlabForge(client) for name, client in connections.gitlabs.items()}
    if connections.app:
        forges["github"] = GithubForge(connections.app)
    if settings.local:
        forges["local"] = _create_local(settings.local, engine, settings.public_url)
    return forges


def _create_app(github: GitHubSettings) -> GithubApp:
    addresses = Addresses(github.api_url, github.graphql_url, github.url)
    count = partial(count_request, "github")
    pace = partial(_create_pace, Allowance(github.write_pause)) if github.write_pause else None
    return GithubApp(github.app_id, github.private_key, addresses, count, pace)


def _create_pace(allowance: Allowance, installation: str) -> Pace:
    return Pace(allowance, partial(tell_limit, "github", installation))


def _create_client(gitlab: GitLabSettings) -> GitlabClient:
    instance = Instance(gitlab.url, gitlab.token, gitlab.name, gitlab.ca_bundle)
    return GitlabClient(instance, partial(count_request, gitlab.name))


def _create_local(local: LocalSettings, engine: sa.Engine, public_url: str) -> Forge:
    return LocalForge(local.repositories, Conversations(engine), public_url)


def _create_rounds(forge: str, rounds: Rounds, queue: Queue) -> Sequence[Round]:
    return [
        Round(f"{forge}:catch-up", CATCH_UP, partial(resend_missed, forge, rounds, queue.engine)),
        Round(f"{forge}:sweep", SWEEP, lambda now: sweep(rounds, queue)),
        Round(f"{forge}:check-up", CHECK_UP, partial(note_ailments, forge, rounds, queue.engine)),
    ]
