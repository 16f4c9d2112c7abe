"""Discussions closed: resolved where nobody else has spoken; else our comment itself says it is done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import Gone, NotAllowed
from bot.forges.base import Closing
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_quick_actions import defuse


def close(client: Client, change: GitlabChange, closings: Sequence[Closing]) -> None:
    """One request each. What a person has answered is never resolved."""
    for closing in closings:
        thread = closing.thread
        if thread.is_resolved:
            continue
        is_quiet = thread.can_resolve and not thread.has_replies
        if not (is_quiet and _resolve(client, change, thread.id)):
            _rewrite(client, change, closing)


def _resolve(client: Client, change: GitlabChange, discussion: str) -> bool:
    """False where that is not for us to do."""
    try:
        client.write("PUT", f"{change.path}/discussions/{discussion}", {"resolved": True})
    except NotAllowed:
        return False
    except Gone:
        return True
    return True


def _rewrite(client: Client, change: GitlabChange, closing: Closing) -> None:
    """A comment that is no more, or not ours to touch, is no reason to stop."""
    path = f"{change.path}/discussions/{closing.thread.id}/notes/{closing.thread.comment_id}"
    try:
        client.write("PUT", path, {"body": defuse(closing.body)})
    except (Gone, NotAllowed):
        return
