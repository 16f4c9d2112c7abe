"""What GitLab is asked without being told: failed deliveries, and merge requests that lack our status."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cachetools import LRUCache

from bot.errors import Gone, NotAllowed
from bot.forges import gitlab_hooks
from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_events import ONE_FOR_ALL
from bot.forges.gitlab_state import project_path
from bot.forges.gitlab_status import FINISHED, statuses
from bot.forges.gitlab_token import read_token
from bot.forges.rounds import Ailment, Missed, Unreviewed

RECENT = timedelta(days=7)
"""An open merge request at which nothing happened for so long waits for its next push."""
PROJECT_PAGES = 3
REQUESTS_A_PROJECT = 100
LOOKED_AT = 300
"""Heads whose status is asked for in one survey: one request each, unless it was seen before."""

_DEVELOPER = 30
_REMEMBERED = 20_000

Entry = Mapping[str, Any]


class GitlabRounds:
    """The rounds of one token. Safe to share between threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._done: LRUCache[tuple[str, str], bool] = LRUCache(_REMEMBERED)
        self._lock = threading.Lock()

    def places(self) -> Sequence[ChangeRef]:
        """One: all that the token sees. No request."""
        return [ChangeRef(self._client.instance.name, "", 0, ONE_FOR_ALL)]

    def unreviewed(self, place: ChangeRef, branch: str = "") -> Sequence[Unreviewed]:
        """One request for a hundred projects, one for each with something new, one for each new head."""
        found = [
            (repository, entry)
            for repository in ([place.repository] if place.repository else self._repositories())
            for entry in self._open(repository, branch)
        ]
        if not branch:
            found = [one for one in _recent(found)[:LOOKED_AT] if not self._has_status(one[1])]
        return [_unreviewed(place, repository, entry) for repository, entry in found]

    def missed(self, since: datetime) -> Sequence[Missed]:
        """Where the token is a maintainer's: one request for each place's hooks, and one for each hook."""
        return gitlab_hooks.read_missed(self._client, since)

    def resend(self, missed: Missed) -> None:
        gitlab_hooks.resend(self._client, missed)

    def ailments(self, now: datetime) -> Sequence[Ailment]:
        """A token that is refused, may too little or will expire, and hooks that are switched off."""
        found = read_token(self._client, now)
        if any(one.is_fatal and one.at <= now for one in found):
            return found
        return [*found, *gitlab_hooks.sick_hooks(self._client, now)]

    def _repositories(self) -> Iterator[str]:
        """Projects where we may set a status and where something happened lately."""
        pages = self._client.pages(
            "/projects",
            PROJECT_PAGES,
            membership="true",
            archived="false",
            simple="true",
            min_access_level=_DEVELOPER,
            with_merge_requests_enabled="true",
            last_activity_after=(datetime.now(UTC) - RECENT).isoformat(),
            order_by="last_activity_at",
        )
        return (project["path_with_namespace"] for project in pages)

    def _open(self, repository: str, branch: str) -> Sequence[Entry]:
        only = {"target_branch": branch} if branch else {}
        path = f"{project_path(repository)}/merge_requests"
        try:
            found: Sequence[Entry] = self._client.read(
                path, state="opened", order_by="updated_at", per_page=REQUESTS_A_PROJECT, **only
            )
        except (Gone, NotAllowed):
            return ()
        return found

    def _has_status(self, entry: Entry) -> bool:
        key = (str(entry["project_id"]), str(entry["sha"] or ""))
        with self._lock:
            if key in self._done:
                return True
        is_done = bool(key[1]) and any(map(self._is_verdict, _statuses(self._client, *key)))
        if is_done:
            with self._lock:
                self._done[key] = True
        return is_done

    def _is_verdict(self, status: Entry) -> bool:
        """A name can be borrowed: whose the status is counts."""
        author = str((status.get("author") or {}).get("id"))
        return status["status"] in FINISHED and author == self._client.user_id


def _statuses(client: Client, project: str, commit: str) -> Sequence[Entry]:
    try:
        return statuses(client, project, commit)
    except (Gone, NotAllowed):
        return ()


def _recent(found: Sequence[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    oldest = datetime.now(UTC) - RECENT
    return [(repository, entry) for repository, entry in found if _time(entry) >= oldest]


def _unreviewed(place: ChangeRef, repository: str, entry: Entry) -> Unreviewed:
    change = ChangeRef(place.forge, repository, int(entry["iid"]), place.installation)
    return Unreviewed(Request(change, Trigger.PUSH, head=str(entry["sha"] or "")), _time(entry))


def _time(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["updated_at"])
