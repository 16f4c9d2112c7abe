"""Events about pull requests, and about the trial merges that a merge queue makes of them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.forges.base import Request, Trigger
from bot.forges.github_payload import Payload, read_action, read_actor, read_change, read_commit, read_text

_PUSHED = frozenset({"opened", "reopened", "synchronize", "ready_for_review", "converted_to_draft"})
_QUEUE_BRANCH = re.compile(r"refs/heads/gh-readonly-queue/.+/pr-(?P<number>\d{1,10})-[0-9a-f]{40,64}")


def read_pull_request(payload: Payload, own_app_id: str) -> Request | None:
    """A push, or the end of a pull request. Another title, a label or an assignee asks for nothing."""
    trigger = _trigger(payload)
    if trigger is None:
        return None
    pull = payload["pull_request"]
    change = read_change(payload, pull["number"])
    return Request(change, trigger, actor=read_actor(payload), head=read_commit(pull["head"]["sha"]))


def read_merge_group(payload: Payload, own_app_id: str) -> Request | None:
    """A trial merge that waits for our check. Of one that was destroyed there is nothing to be done.

    A job for it that still waits finds its commit gone, or answers on a commit that nobody will look at.
    """
    if read_action(payload) != "checks_requested":
        return None
    group = payload["merge_group"]
    head = read_commit(group["head_sha"])
    change = replace(
        read_change(payload, _queued_number(group)),
        base=read_commit(group["base_sha"]),
        head=head,
        is_queued=True,
    )
    return Request(change, Trigger.MERGE, actor=read_actor(payload), head=head)


def _trigger(payload: Payload) -> Trigger | None:
    action = read_action(payload)
    if action == "closed":
        return Trigger.CLOSED
    if action in _PUSHED or (action == "edited" and payload["changes"].get("base")):
        return Trigger.PUSH
    return None


def _queued_number(group: Payload) -> int:
    """Only the queue's own branch tells which pull request it is about."""
    named = _QUEUE_BRANCH.fullmatch(read_text(group["head_ref"]))
    if named is None:
        raise ValueError("no branch of a merge queue")
    return int(named["number"])
