"""Events about what people say: comments that hold a command, and conversations they resolve."""

from __future__ import annotations

import re

from bot.forges.base import CommentRef, Request, Trigger
from bot.forges.github_payload import (
    Payload,
    read_action,
    read_actor,
    read_app,
    read_change,
    read_commit,
    read_id,
    read_login,
    read_text,
)
from bot.review.commands import find_commands
from bot.review.markers import is_marked, read_marker

ISSUE_COMMENT = "issue"
REVIEW_COMMENT = "review"
REVIEW_THREAD = "thread"

_APP_AVATAR = re.compile(r"/in/(\d{1,19})(?:\?|\Z)")


def read_issue_comment(payload: Payload, own_app_id: str) -> Request | None:
    """A command below a pull request."""
    if read_action(payload) != "created" or not payload["issue"].get("pull_request"):
        return None
    return _command(payload, own_app_id, payload["issue"]["number"], ISSUE_COMMENT)


def read_review_comment(payload: Payload, own_app_id: str) -> Request | None:
    """A command in a conversation on the diff, whose root is the comment that it answers."""
    if read_action(payload) != "created":
        return None
    comment, pull = payload["comment"], payload["pull_request"]
    root = read_id(comment.get("in_reply_to_id") or comment["id"])
    return _command(payload, own_app_id, pull["number"], REVIEW_COMMENT, root)


def read_review_thread(payload: Payload, own_app_id: str) -> Request | None:
    """One of our conversations resolved, or opened again. We ourselves are known by having begun it."""
    action = read_action(payload)
    if action not in ("resolved", "unresolved"):
        return None
    first, pull = payload["thread"]["comments"][0], payload["pull_request"]
    body = read_text(first["body"])
    if read_marker(body) is None or payload["sender"]["id"] == _author(first).get("id"):
        return None
    root = read_id(first["id"])
    return Request(
        read_change(payload, pull["number"]),
        Trigger.THREAD,
        actor=read_actor(payload),
        head=read_commit(pull["head"]["sha"]),
        comment=CommentRef(root, body, REVIEW_THREAD, root),
        order=action,
    )


def _command(payload: Payload, own: str, number: object, kind: str, thread: str = "") -> Request | None:
    comment = payload["comment"]
    body = read_text(comment["body"] or "")
    if _is_ours(comment, body, own) or not find_commands(body):
        return None
    written = CommentRef(read_id(comment["id"]), body, kind, thread)
    change = read_change(payload, number)
    return Request(change, Trigger.COMMAND, actor=read_login(comment["user"]), comment=written)


def _is_ours(comment: Payload, body: str, own_app_id: str) -> bool:
    """Only comments below a pull request say through which App they came; those on the diff do not.

    The picture of a bot is named by its App's number where it has one of its own. Otherwise it is the
    hidden line that ends whatever we write: no person's comment is passed over for it.
    """
    if read_app(comment.get("performed_via_github_app")) == own_app_id:
        return True
    author = _author(comment)
    if author.get("type") != "Bot":
        return False
    picture = _APP_AVATAR.search(read_text(author.get("avatar_url") or ""))
    return picture[1] == own_app_id if picture else is_marked(body)


def _author(comment: Payload) -> Payload:
    """Empty where the account was deleted."""
    author: Payload = comment.get("user") or {}
    return author
