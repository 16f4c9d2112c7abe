"""Who wrote a comment, what they may, and a sign in answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from bot.errors import Gone, NotAllowed
from bot.forges.base import Level, Reaction, Request, Standing
from bot.forges.github_client import Client
from bot.forges.github_comment_events import REVIEW_COMMENT
from bot.forges.levels import Levels

_SIGNS: Mapping[Reaction, str] = {
    Reaction.SEEN: "eyes",
    Reaction.DONE: "+1",
    Reaction.REFUSED: "confused",
    Reaction.FAILED: "-1",
}
_LEVELS: Mapping[str, Level] = {
    "admin": Level.WRITE,
    "maintain": Level.WRITE,
    "write": Level.WRITE,
    "triage": Level.TRIAGE,
    "read": Level.READ,
}
_BOT = "[bot]"
"""What an App's name ends with, and no person's can: brackets are not allowed in theirs."""


class People:
    """What people may do in a repository, remembered for five minutes. Safe to share between threads."""

    def __init__(self) -> None:
        self._levels = Levels()

    def standing(self, client: Client, request: Request) -> Standing:
        """Who gave an order. Whom the forge will not vouch for is nobody, and so is a program.

        Raises TryLater.
        """
        if not request.actor or request.actor.endswith(_BOT):
            return Standing(Level.NONE)
        level = self._levels.of(
            request.change.repository, request.actor.lower(), partial(_read_level, client)
        )
        return Standing(level, level >= Level.WRITE or _is_author(client, request))


def _read_level(client: Client, repository: str, login: str) -> Level:
    """`permission` tells `maintain` as write and `triage` as read; `role_name` may be of their own making."""
    try:
        answer = client.read(f"/repos/{quote(repository)}/collaborators/{quote(login, safe='')}/permission")
    except (Gone, NotAllowed):
        return Level.NONE
    names = (answer.get("permission"), answer.get("role_name"))
    return max(_LEVELS.get(str(name), Level.NONE) for name in names)


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
