"""Events about our checks: asked for anew, or a button pressed beside one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.github_payload import (
    Payload,
    read_action,
    read_actor,
    read_app,
    read_change,
    read_commit,
    read_repository,
)

_EXTERNAL_ID = re.compile(
    r"[^#@\s]+/[^#@\s]+#(?P<number>\d{1,10})@"
    r"(?:(?P<base>[0-9a-f]{40,64})\.\.\.)?(?P<head>[0-9a-f]{40,64})"
)
_ORDERS: Mapping[str, str] = {
    "recheck": "/recheck",
    "accept": "/shipworthy accept",
    "explain": "/shipworthy explain",
}


def external_id(repository: str, ref: ChangeRef, head: str) -> str:
    """What our check runs carry, so that a rerun knows its change: GitHub does not tell for forks.

    That of a trial merge names the base too, by which it is told from the change's own.
    """
    base = f"{ref.base}..." if ref.is_queued else ""
    return f"{repository}#{ref.number}@{base}{head}"


def read_check_run(payload: Payload, own_app_id: str) -> Request | None:
    """A rerun, or the command that a button stands for."""
    check, action = payload["check_run"], read_action(payload)
    if action not in ("rerequested", "requested_action") or read_app(check["app"]) != own_app_id:
        return None
    named = _EXTERNAL_ID.fullmatch(check.get("external_id") or "")
    if named is None:
        return None
    asked = Request(_named_change(payload, named), Trigger.RERUN, read_actor(payload), named["head"])
    if action == "rerequested":
        return asked
    order = _ORDERS.get(payload["requested_action"]["identifier"])
    return replace(asked, trigger=Trigger.COMMAND, order=order) if order else None


def read_check_suite(payload: Payload, own_app_id: str) -> Request | None:
    """All our checks of a commit. For a fork no change is named: then we have to know whose head it is."""
    suite = payload["check_suite"]
    if read_action(payload) != "rerequested" or read_app(suite["app"]) != own_app_id:
        return None
    head = read_commit(suite["head_sha"])
    numbers = [
        pull["number"]
        for pull in suite["pull_requests"]
        if pull["head"]["sha"] == head and pull["base"]["repo"]["id"] == payload["repository"]["id"]
    ]
    change = read_change(payload, numbers[0]) if len(numbers) == 1 else read_repository(payload)
    return Request(change, Trigger.RERUN, read_actor(payload), head)


def _named_change(payload: Payload, named: re.Match[str]) -> ChangeRef:
    change = read_change(payload, int(named["number"]))
    if not named["base"]:
        return change
    return replace(change, base=named["base"], head=named["head"], is_queued=True)
