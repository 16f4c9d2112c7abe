"""What GitHub sends, cut to what it promises and we read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.bot.forges.stand_in import PullRequest

Payload = Mapping[str, Any]


def pull_request(pull: PullRequest, action: str, fork: str = "") -> Payload:
    """`fork` names the repository that the head comes from, where it is another one."""
    head = {"sha": pull.head, "repo": {"full_name": fork or "acme/shop", "fork": bool(fork)}}
    told = {"number": pull.number, "head": head, "draft": pull.is_draft, "user": {"login": pull.author}}
    return {"action": action, "number": pull.number, "pull_request": told, "sender": {"login": pull.author}}


def issue_comment(pull: PullRequest, comment: int, words: str, author: str) -> Payload:
    return {
        "action": "created",
        "issue": {"number": pull.number, "pull_request": {"url": f"…/pulls/{pull.number}"}},
        "comment": {
            "id": comment,
            "body": words,
            "user": {"login": author, "type": "User"},
            "performed_via_github_app": None,
        },
        "sender": {"login": author},
    }


def check_run(run: Mapping[str, Any], app_id: int, sender: str) -> Payload:
    """Somebody pressed "Re-run". For a fork GitHub names no pull request."""
    told = {
        "id": run["id"],
        "external_id": run["external_id"],
        "head_sha": run["head_sha"],
        "app": {"id": app_id},
        "pull_requests": [],
    }
    return {"action": "rerequested", "check_run": told, "sender": {"login": sender}}
