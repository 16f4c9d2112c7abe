"""Who wrote a comment, what they may, a sign and words in answer.

People are known by `Request.actor_id`: names are changed, and taken over by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from bot.errors import Gone, NotAllowed, NotFound, Unclear
from bot.forges.base import Level, Reaction, Request, Standing
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_quick_actions import defuse
from bot.forges.gitlab_state import project_path
from bot.forges.levels import Levels
from bot.review.markers import is_marked

_SIGNS: Mapping[str, str] = {
    "seen": "eyes",
    "done": "thumbsup",
    "refused": "confused",
    "failed": "thumbsdown",
}
_BOT = re.compile(r"(?:project|group)_\d+_bot(?:_\w+)?|service_account_\w+")
"""What GitLab calls the users behind access tokens and service accounts."""
_LEVELS: Iterable[tuple[int, Level]] = ((30, Level.WRITE), (20, Level.TRIAGE), (10, Level.READ))
"""Developer, Reporter and Guest. https://docs.gitlab.com/api/members/#roles"""
_ANSWERS_LOOKED_AT = 2


class People:
    """What people may do in a project, remembered for five minutes. Safe to share between threads."""

    def __init__(self) -> None:
        self._levels = Levels()

    def standing(self, client: Client, request: Request) -> Standing:
        """Who gave an order. Whom the forge will not vouch for is nobody, and so is a program.

        Raises TryLater.
        """
        if _is_ours(client, request):
            return Standing(Level.NONE, is_us=True)
        if not (request.actor_id.isascii() and request.actor_id.isdecimal()) or is_bot(request.actor):
            return Standing(Level.NONE)
        level = self._levels.of(request.change.repository, request.actor_id, partial(_read_level, client))
        return Standing(level, level >= Level.READ and _is_author(client, request))


def _is_ours(client: Client, request: Request) -> bool:
    """By who wrote it and by our hidden line: the token may be that of a person, who speaks too."""
    marked = request.comment is not None and is_marked(request.comment.body)
    return marked and request.actor_id == client.user_id


def is_bot(username: str) -> bool:
    """Whether a program goes by this name. Who only calls himself so is taken for one."""
    return _BOT.fullmatch(username) is not None


def react(client: Client, request: Request, reaction: Reaction) -> None:
    """Put the sign. One that is there already, and a comment that is no more, are no reason to stop."""
    if request.comment is None:
        return
    path = f"{_path(request)}/notes/{int(request.comment.id)}/award_emoji"
    try:
        client.write("POST", path, {"name": _SIGNS[reaction.value]})
    except (Gone, NotAllowed):
        return


def reply(client: Client, request: Request, body: str) -> None:
    """Answer in words, in the comment's discussion if it has one; not again what was answered already.

    A discussion that is no more needs no answer. Raises Unclear where the answer was lost and is not to be
    seen: the next attempt begins with looking.
    """
    discussion = request.comment.thread if request.comment else ""
    path = f"{_path(request)}/discussions/{discussion}" if discussion else _path(request)
    try:
        if not _stands(client, path, bool(discussion), body):
            client.notes.take()
            client.write("POST", f"{path}/notes", {"body": defuse(body)})
    except NotFound:
        return
    except Unclear:
        if not _stands(client, path, bool(discussion), body):
            raise


def _stands(client: Client, path: str, is_discussion: bool, body: str) -> bool:
    return any(_says(note, body, client.user_id) for note in _answers(client, path, is_discussion))


def _answers(client: Client, path: str, is_discussion: bool) -> Iterable[Mapping[str, Any]]:
    if is_discussion:
        return list(client.read(path)["notes"])
    return client.pages(f"{path}/notes", _ANSWERS_LOOKED_AT, sort="desc")


def _says(note: Mapping[str, Any], body: str, own: str) -> bool:
    """Whether a note of ours ends with the line that no other answer has."""
    return str((note.get("author") or {}).get("id")) == own and _last_line(note["body"]) == _last_line(body)


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2].strip()


def _read_level(client: Client, repository: str, user: str) -> Level:
    """Inherited and shared memberships count. Who is no member may read what is open to everybody."""
    path = project_path(repository)
    try:
        member = client.read(f"{path}/members/all/{user}")
    except NotAllowed:
        return Level.NONE
    except Gone:
        return _level_of_strangers(client, path)
    if member.get("state") != "active" or member.get("membership_state", "active") != "active":
        return Level.NONE
    access = int(member.get("access_level") or 0)
    return next((level for least, level in _LEVELS if access >= least), Level.NONE)


def _level_of_strangers(client: Client, path: str) -> Level:
    try:
        project = client.read(path)
    except (Gone, NotAllowed):
        return Level.NONE
    return Level.READ if project.get("visibility") == "public" else Level.NONE


def _is_author(client: Client, request: Request) -> bool:
    try:
        found = client.read(_path(request))
    except (Gone, NotAllowed):
        return False
    return str((found.get("author") or {}).get("id")) == request.actor_id


def _path(request: Request) -> str:
    return f"{project_path(request.change.repository)}/merge_requests/{request.change.number}"
