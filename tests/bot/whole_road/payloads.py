"""What GitHub sends, cut to what it promises and we read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from tests.bot.forges.stand_in import PullRequest
from tests.bot.forges.stand_in.world import Thread

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


def review_comment(pull: PullRequest, thread: Thread, comment: int, words: str, author: str) -> Payload:
    """A reply in a conversation on the diff."""
    told: dict[str, Any] = {
        "id": comment,
        "in_reply_to_id": thread.comments[0].id,
        "body": words,
        "user": {"login": author, "type": "User"},
    }
    about = {"number": pull.number, "head": {"sha": pull.head}}
    return {"action": "created", "comment": told, "pull_request": about, "sender": {"login": author}}


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


def check_suite(head: str, app_id: int, sender: str) -> Payload:
    """Somebody pressed "Re-run all checks". For a fork GitHub names no pull request."""
    told = {"head_sha": head, "head_branch": None, "app": {"id": app_id}, "pull_requests": []}
    return {"action": "rerequested", "check_suite": told, "sender": {"login": sender}}


def merge_group(number: int, base: str, head: str, action: str = "checks_requested") -> Payload:
    """A merge queue has made its trial merge."""
    told = {
        "head_sha": head,
        "head_ref": f"refs/heads/gh-readonly-queue/main/pr-{number}-{base}",
        "base_sha": base,
        "base_ref": "refs/heads/main",
    }
    return {"action": action, "merge_group": told, "sender": {"login": "github-merge-queue[bot]"}}


def review_thread(pull: PullRequest, thread: Thread, action: str, sender: str) -> Payload:
    """Somebody resolved a conversation, or opened it again."""
    comments = [
        {"id": one.id, "body": one.body, "user": {"login": one.author, "id": _number(one.author)}}
        for one in thread.comments
    ]
    return {
        "action": action,
        "thread": {"node_id": thread.id, "comments": comments},
        "pull_request": {"number": pull.number, "head": {"sha": pull.head}},
        "sender": {"login": sender, "id": _number(sender)},
    }


def ping() -> Payload:
    """Somebody has set the webhook up."""
    return {"zen": "Keep it logically awesome.", "hook_id": 11, "hook": {"type": "App", "id": 11}}


def _number(login: str) -> int:
    return crc32(login.encode()) + 1
