"""GitLab's webhook payloads read into requests. Pure: nothing is fetched, nobody is asked.

Keys are those of https://docs.gitlab.com/user/project/integrations/webhook_events/ and, for system
hooks, of https://docs.gitlab.com/administration/system_hooks/, which carry the same objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from analyzers.config import CONFIG_PATH
from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.review.commands import find_commands

ONE_FOR_ALL = "token"
"""GitLab has no installations: limits hold for our one token."""

_MAX_NUMBER = 2**31 - 1
_LISTED_COMMITS = 20
_REPOSITORY = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.+-]{0,254}(?:/[A-Za-z0-9_.][A-Za-z0-9_.+-]{0,254}){1,20}")
_AGAIN = frozenset({"repeat", "arrows_counterclockwise"})
"""Emoji that ask for another look: 🔁 and 🔄."""

Payload = Mapping[str, Any]


class _Actor(NamedTuple):
    name: str
    id: str


def read_event(name: str, payload: Payload, forge: str = "gitlab") -> Request | None:
    """What a delivery asks for; None where it asks for nothing. The payload's own word for it counts.

    `name` is the event for messages; `forge` the instance. Raises Malformed where a key is missing that
    the event is promised to have.
    """
    reader = _READERS.get(str(payload.get("object_kind") or payload.get("event_name")))
    if reader is None:
        return None
    try:
        return reader(payload, forge)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise Malformed(f"the {name} event cannot be read: {problem!r}") from None


def _merge_request(payload: Payload, forge: str) -> Request | None:
    about = payload["object_attributes"]
    trigger = _trigger(about.get("action"), about, payload.get("changes") or {})
    if trigger is None:
        return None
    head = _text((about.get("last_commit") or {}).get("id") or "")
    change, actor = _change(payload, about["iid"], forge), _actor(payload)
    return Request(change, trigger, actor.name, head, actor_id=actor.id)


def _trigger(action: object, about: Payload, changes: Payload) -> Trigger | None:
    """An update is about anything, labels too; of interest are new commits, readiness and another target."""
    if action in ("open", "reopen"):
        return Trigger.PUSH
    if action in ("close", "merge"):
        return Trigger.CLOSED
    is_moved = bool(about.get("oldrev")) or bool({"draft", "target_branch"} & changes.keys())
    return Trigger.PUSH if action == "update" and is_moved else None


def _note(payload: Payload, forge: str) -> Request | None:
    note = payload["object_attributes"]
    if note["noteable_type"] != "MergeRequest" or note.get("system") or note.get("action") == "update":
        return None
    body = _text(note["note"])
    if not find_commands(body):
        return None
    discussion = note.get("discussion_id") or ""
    comment = CommentRef(str(int(note["id"])), body, "note", _text(discussion))
    change, actor = _change(payload, payload["merge_request"]["iid"], forge), _actor(payload)
    return Request(change, Trigger.COMMAND, actor.name, comment=comment, actor_id=actor.id)


def _emoji(payload: Payload, forge: str) -> Request | None:
    about, merge_request = payload["object_attributes"], payload.get("merge_request")
    if payload.get("event_type") != "award" or about.get("name") not in _AGAIN or not merge_request:
        return None
    change, actor = _change(payload, merge_request["iid"], forge), _actor(payload)
    return Request(change, Trigger.COMMAND, actor.name, actor_id=actor.id, order="/recheck")


def _push(payload: Payload, forge: str) -> Request | None:
    """Settings that changed ask for another look at what is open; other pushes arrive as updates."""
    branch = _text(payload["ref"]).removeprefix("refs/heads/")
    if branch == payload["ref"] or not _changes_settings(payload):
        return None
    place = ChangeRef(forge, _repository(payload), 0, ONE_FOR_ALL)
    return Request(
        place, Trigger.SURVEY, _text(payload.get("user_username") or "")[:256], branch=branch[:256]
    )


def _changes_settings(payload: Payload) -> bool:
    """Of a push of many commits GitLab lists only some: it may."""
    if int(payload.get("total_commits_count") or 0) > _LISTED_COMMITS:
        return True
    kinds = ("added", "modified", "removed")
    commits = payload.get("commits") or ()
    return any(CONFIG_PATH in (commit.get(kind) or ()) for commit in commits for kind in kinds)


_READERS: Mapping[str, Callable[[Payload, str], Request | None]] = {
    "merge_request": _merge_request,
    "note": _note,
    "emoji": _emoji,
    "push": _push,
}


def _change(payload: Payload, number: object, forge: str) -> ChangeRef:
    if not isinstance(number, int) or not 0 < number <= _MAX_NUMBER:
        raise ValueError("no number of a merge request")
    return ChangeRef(forge, _repository(payload), number, ONE_FOR_ALL)


def _repository(payload: Payload) -> str:
    name = _text(payload["project"]["path_with_namespace"])
    if len(name) > 384 or not _REPOSITORY.fullmatch(name) or ".." in name:
        raise ValueError("no path of a project")
    return name


def _actor(payload: Payload) -> _Actor:
    user = payload["user"]
    return _Actor(_text(user["username"])[:256], str(int(user["id"]))[:32])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value
