"""GitHub's webhook payloads read into requests. Pure: nothing is fetched, nobody is asked.

Field names are those of https://docs.github.com/en/webhooks/webhook-events-and-payloads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.review.commands import find_commands

FORGE = "github"
ISSUE_COMMENT = "issue"
REVIEW_COMMENT = "review"

_REVIEWED = frozenset({"opened", "reopened", "synchronize", "ready_for_review"})
_EXTERNAL_ID = re.compile(r"[^#@\s]+/[^#@\s]+#(?P<number>\d{1,18})@(?P<head>[0-9a-f]{40,64})")
_REPOSITORY = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")
_MAX_NUMBER = 2**31 - 1

Payload = Mapping[str, Any]


def read_event(name: str, payload: Payload, own_app_id: int | str) -> Request | None:
    """What a delivery asks for; None where it asks for nothing. `name` is the header `X-GitHub-Event`.

    Raises Malformed where a key is missing that the event is promised to have.
    """
    reader = _READERS.get(name)
    if reader is None:
        return None
    try:
        return reader(payload, str(own_app_id))
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise Malformed(f"the {name} event cannot be read: {problem!r}") from None


def is_read(name: str) -> bool:
    """Whether events of this name may ask for something."""
    return name in _READERS


def external_id(repository: str, number: int, head: str) -> str:
    """What our check runs carry, so that a rerun knows its change: GitHub does not tell for forks."""
    return f"{repository}#{number}@{head}"


def _pull_request(payload: Payload, own_app_id: str) -> Request | None:
    action = payload["action"]
    if action not in _REVIEWED and not (action == "edited" and payload["changes"].get("base")):
        return None
    change = _change(payload, payload["pull_request"]["number"])
    head = _text(payload["pull_request"]["head"]["sha"])
    return Request(change, Trigger.PUSH, actor=_actor(payload), head=head)


def _issue_comment(payload: Payload, own_app_id: str) -> Request | None:
    if payload["action"] != "created" or not payload["issue"].get("pull_request"):
        return None
    comment = payload["comment"]
    if _app_id(comment.get("performed_via_github_app")) == own_app_id:
        return None
    if not find_commands(comment["body"] or ""):
        return None
    written = CommentRef(str(int(comment["id"])), comment["body"], ISSUE_COMMENT)
    change = _change(payload, payload["issue"]["number"])
    return Request(change, Trigger.COMMAND, actor=_text(comment["user"]["login"]), comment=written)


def _check_run(payload: Payload, own_app_id: str) -> Request | None:
    check = payload["check_run"]
    if payload["action"] != "rerequested" or _app_id(check["app"]) != own_app_id:
        return None
    named = _EXTERNAL_ID.fullmatch(check.get("external_id") or "")
    if named is None:
        return None
    change = _change(payload, int(named["number"]))
    return Request(change, Trigger.RERUN, actor=_actor(payload), head=named["head"])


_READERS: Mapping[str, Callable[[Payload, str], Request | None]] = {
    "pull_request": _pull_request,
    "issue_comment": _issue_comment,
    "check_run": _check_run,
}


def _change(payload: Payload, number: int) -> ChangeRef:
    installation = payload.get("installation") or {}
    repository = _text(payload["repository"]["full_name"])
    if not _REPOSITORY.fullmatch(repository) or not 0 < int(number) <= _MAX_NUMBER:
        raise ValueError("no name of a repository, or no number of a pull request")
    return ChangeRef(FORGE, repository, int(number), str(int(installation.get("id") or 0) or "")[:64])


def _actor(payload: Payload) -> str:
    return _text(payload["sender"]["login"])


def _app_id(app: Payload | None) -> str:
    return str(app["id"]) if app else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value
