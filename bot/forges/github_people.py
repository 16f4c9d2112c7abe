"""Who wrote a comment, what they may, and a sign in answer."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from urllib.parse import quote

from cachetools import TTLCache

from bot.errors import Gone, NotAllowed
from bot.forges.base import Reaction, Request
from bot.forges.github_client import Client
from bot.forges.github_events import REVIEW_COMMENT

_SIGNS: Mapping[Reaction, str] = {Reaction.SEEN: "eyes", Reaction.DONE: "+1", Reaction.REFUSED: "-1"}
_WRITERS = frozenset({"admin", "write"})
_REMEMBERED_SECONDS = 300.0


class Permissions:
    """Who may write to a repository, remembered for five minutes. Safe to share between threads."""

    def __init__(self) -> None:
        self._known: TTLCache[tuple[str, str], bool] = TTLCache(2000, _REMEMBERED_SECONDS)
        self._lock = threading.Lock()

    def may_command(self, client: Client, request: Request) -> bool:
        """Write access, or the author of the change. Whom the forge will not vouch for may not.

        Raises TryLater.
        """
        if not request.actor:
            return False
        return self._may_write(client, request) or _is_author(client, request)

    def _may_write(self, client: Client, request: Request) -> bool:
        key = (request.change.repository, request.actor.lower())
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = _has_write_access(client, *key)
            with self._lock:
                self._known[key] = known
        return known


def _has_write_access(client: Client, repository: str, login: str) -> bool:
    """GitHub tells `maintain` as write and `triage` as read here."""
    try:
        answer = client.read(f"/repos/{quote(repository)}/collaborators/{quote(login, safe='')}/permission")
    except (Gone, NotAllowed):
        return False
    return answer.get("permission") in _WRITERS


def _is_author(client: Client, request: Request) -> bool:
    try:
        pull = client.read(f"/repos/{quote(request.change.repository)}/pulls/{request.change.number}")
    except (Gone, NotAllowed):
        return False
    author = (pull.get("user") or {}).get("login") or ""
    return author.lower() == request.actor.lower()


def react(client: Client, request: Request, reaction: Reaction) -> None:
    """Put the sign. A comment that is no more, or that we may not touch, is no reason to stop."""
    comment = request.comment
    if comment is None:
        return
    place = "pulls" if comment.kind == REVIEW_COMMENT else "issues"
    path = f"/repos/{quote(request.change.repository)}/{place}/comments/{int(comment.id)}/reactions"
    try:
        client.write("POST", path, {"content": _SIGNS[reaction]})
    except (Gone, NotAllowed):
        return
