"""What GitHub is asked without being told: missed deliveries, and pull requests that still lack our check.

It repeats no webhook by itself: https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import quote

from bot.errors import NotAllowed
from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.github_app import GithubApp
from bot.forges.github_client import Client
from bot.forges.github_errors import raise_limits
from bot.forges.github_events import is_read
from bot.forges.github_payload import FORGE
from bot.forges.github_permissions import missing_permissions
from bot.forges.github_queries import OPEN_PULLS, PULL_CHECKS
from bot.forges.rounds import Ailment, Missed, Unreviewed

RECENT = timedelta(days=7)
"""An open pull request at which nothing happened for so long waits for its next push."""

INSTALLATION_PAGES = 100
DELIVERY_PAGES = 50
REPOSITORY_PAGES = 20
REPOSITORIES_A_QUERY = 20
PULLS_A_REPOSITORY = 50
"""Those touched last. Of a survey of one branch twice as many."""

_PAGE = 100

Node = Mapping[str, Any]


class GithubRounds:
    """The rounds of one App. Safe to share between threads."""

    def __init__(self, app: GithubApp) -> None:
        self._app = app

    def places(self) -> Sequence[ChangeRef]:
        """The installations that are not suspended, one request for a hundred."""
        return [ChangeRef(FORGE, "", 0, str(one["id"])) for one in self._installations()]

    def unreviewed(self, place: ChangeRef, branch: str = "") -> Sequence[Unreviewed]:
        """One request for a hundred repositories, one for the pull requests of twenty, one for the checks of
        a hundred. Repositories without anything open cost no more."""
        client = self._app.installed(place.installation, place.repository)
        client.begin()
        repositories = [one["node_id"] for one in _repositories(client, place) if _may_have_changes(one)]
        pulls = [pull for batch in _batches(repositories) for pull in _open_pulls(client, batch, branch)]
        if not branch:
            pulls = _without_check(client, _recent(pulls), self._app.app_id)
        return [_unreviewed(place, repository, pull) for repository, pull in pulls]

    def missed(self, since: datetime) -> Sequence[Missed]:
        """All tries are listed, newest first: `status=failure` would leave out those that never connected."""
        tries: dict[str, list[Node]] = {}
        for one in self._deliveries(since):
            tries.setdefault(one["guid"], []).append(one)
        missed = [
            Missed(str(those[0]["id"]), guid, _time(those[-1]["delivered_at"]))
            for guid, those in tries.items()
            if is_read(those[0]["event"]) and all(one["status"] != "OK" for one in those)
        ]
        return sorted(missed, key=lambda one: one.delivered_at)

    def resend(self, missed: Missed) -> None:
        self._app.client.write("POST", f"/app/hook/deliveries/{int(missed.id)}/attempts", {})

    def ailments(self, now: datetime) -> Sequence[Ailment]:
        """Installations that have not granted what this version needs, and a key that GitHub refuses."""
        try:
            installations = list(self._installations())
        except NotAllowed as reason:
            words = f"GitHub refuses GITHUB_APP_ID or GITHUB_PRIVATE_KEY: {reason}"
            return [Ailment("token_refused", "app", words, now, is_fatal=True)]
        return [ailment for one in installations if (ailment := missing_permissions(one, now))]

    def _installations(self) -> Iterator[Node]:
        pages = self._app.client.pages("/app/installations", per_page=_PAGE)
        for page in islice(pages, INSTALLATION_PAGES):
            yield from (one for one in page if not one.get("suspended_at"))

    def _deliveries(self, since: datetime) -> Iterator[Node]:
        pages = self._app.client.pages("/app/hook/deliveries", per_page=_PAGE)
        for page in islice(pages, DELIVERY_PAGES):
            for one in page:
                if _time(one["delivered_at"]) < since:
                    return
                yield one


Pull = tuple[str, Node]
"""The name of the repository, and what GraphQL tells of the pull request."""


def _repositories(client: Client, place: ChangeRef) -> Iterator[Node]:
    if place.repository:
        yield client.read(f"/repos/{quote(place.repository)}")
        return
    for page in islice(client.pages("/installation/repositories", per_page=_PAGE), REPOSITORY_PAGES):
        yield from page["repositories"]


def _may_have_changes(repository: Node) -> bool:
    """GitHub counts pull requests among the open issues."""
    is_closed = repository.get("archived") or repository.get("disabled")
    return not is_closed and repository.get("open_issues_count") != 0


def _open_pulls(client: Client, repositories: Sequence[str], branch: str) -> Iterator[Pull]:
    variables: dict[str, Any] = {"repositories": repositories, "first": PULLS_A_REPOSITORY}
    if branch:
        variables |= {"branch": branch, "first": 2 * PULLS_A_REPOSITORY}
    for repository in _nodes(client, OPEN_PULLS, variables):
        for pull in repository["pullRequests"]["nodes"]:
            yield repository["nameWithOwner"], pull


def _recent(pulls: Sequence[Pull]) -> list[Pull]:
    oldest = datetime.now(UTC) - RECENT
    return [(repository, pull) for repository, pull in pulls if _time(pull["updatedAt"]) >= oldest]


def _without_check(client: Client, pulls: Sequence[Pull], app_id: str) -> list[Pull]:
    done: set[str] = set()
    numbers = {pull["id"]: f"#{pull['number']}@{pull['headRefOid']}" for _, pull in pulls}
    for batch in _batches(list(numbers), _PAGE):
        for node in _nodes(client, PULL_CHECKS, {"pulls": batch, "app": int(app_id)}):
            if any(_is_verdict(run, numbers[node["id"]]) for run in _runs(node)):
                done.add(node["id"])
    return [(repository, pull) for repository, pull in pulls if pull["id"] not in done]


def _runs(pull: Node) -> Iterator[Node]:
    for node in pull["commits"]["nodes"]:
        for suite in (node["commit"]["checkSuites"] or {}).get("nodes") or ():
            yield from suite["checkRuns"]["nodes"]


def _is_verdict(run: Node, named: str) -> bool:
    """The repository may have had another name when the check was made."""
    return run["status"] == "COMPLETED" and str(run["externalId"]).endswith(named)


def _nodes(client: Client, document: str, variables: Mapping[str, Any]) -> Iterator[Node]:
    """Those we may see: one that is gone meanwhile is no reason to forget the others."""
    data, errors = client.query(document, variables)
    raise_limits(errors)
    yield from filter(None, data["nodes"])


def _unreviewed(place: ChangeRef, repository: str, pull: Node) -> Unreviewed:
    change = ChangeRef(FORGE, repository, pull["number"], place.installation)
    return Unreviewed(Request(change, Trigger.PUSH, head=pull["headRefOid"]), _time(pull["updatedAt"]))


def _batches(ids: Sequence[str], size: int = REPOSITORIES_A_QUERY) -> list[Sequence[str]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
