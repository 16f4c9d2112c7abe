"""Events after which many changes may want a look: we were let in somewhere, or settings were changed."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.config import CONFIG_PATH
from bot.forges import github_payload
from bot.forges.base import Request, Trigger
from bot.forges.github_payload import Payload, read_action, read_actor, read_repository, read_text

_LET_IN = frozenset({"created", "new_permissions_accepted", "unsuspend"})
_BRANCH = "refs/heads/"
_LONGEST_REF = 1024
_COMMITS_LISTED = 2048
"""A payload lists no more: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push"""


def read_installation(payload: Payload, own_app_id: str) -> Request | None:
    """We were let in, or may do more than before."""
    return _survey(payload) if read_action(payload) in _LET_IN else None


def read_installation_repositories(payload: Payload, own_app_id: str) -> Request | None:
    """More repositories. Which, the survey finds out: all of the installation are looked at."""
    return _survey(payload) if read_action(payload) == "added" else None


def read_push(payload: Payload, own_app_id: str) -> Request | None:
    """Other settings on a branch: all open changes onto it are judged by them from now on.

    Where the payload does not list all commits they may be among the rest. What a forced push took
    away is not listed at all.
    """
    ref = read_text(payload["ref"])
    if payload["deleted"] or not ref.startswith(_BRANCH) or len(ref) > _LONGEST_REF:
        return None
    commits = payload["commits"]
    if len(commits) < _COMMITS_LISTED and CONFIG_PATH not in _touched(commits):
        return None
    branch = ref.removeprefix(_BRANCH)
    return Request(read_repository(payload), Trigger.SURVEY, actor=read_actor(payload), branch=branch)


def _survey(payload: Payload) -> Request:
    place = github_payload.read_installation(payload)
    return Request(place, Trigger.SURVEY, actor=read_actor(payload))


def _touched(commits: Iterable[Payload]) -> Iterable[str]:
    """GitHub leaves the lists out where it would take too long to make them."""
    for commit in commits:
        for kind in ("added", "removed", "modified"):
            yield from commit.get(kind) or ()
