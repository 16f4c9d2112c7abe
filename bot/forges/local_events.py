"""The local forge's webhook payload read into a request. Pure.

{"action": "opened", "repository": "shop", "number": 1, "base": "main", "head": "feature", "actor": "ann"}
{"action": "commented", …, "comment": "/recheck"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.review.commands import find_commands

FORGE = "local"
MAX_NUMBER = 2**31 - 1

_PUSHES = frozenset({"opened", "updated"})
_REPOSITORY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,2}")
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}")
"""Branches, tags and commits by name. What git could take for an option or an expression does not match."""


def read_event(_name: str, payload: Mapping[str, Any]) -> Request | None:
    """What a delivery asks for; None where it asks for nothing. Raises Malformed.

    The payload alone says what has happened: the event's name is not looked at.
    """
    action = _text(payload, "action")
    if action in _PUSHES:
        return Request(_change(payload), Trigger.PUSH, actor=_actor(payload))
    if action == "commented" and find_commands(_text(payload, "comment")):
        comment = CommentRef("", _text(payload, "comment"))
        return Request(_change(payload), Trigger.COMMAND, actor=_actor(payload), comment=comment)
    return None


def is_repository(name: str) -> bool:
    """Whether a name may be looked for in the folder of repositories."""
    return _REPOSITORY.fullmatch(name) is not None and ".." not in name


def is_revision(name: str) -> bool:
    """Whether a name may be handed to git."""
    return _REVISION.fullmatch(name) is not None and ".." not in name


def _change(payload: Mapping[str, Any]) -> ChangeRef:
    repository, base, head = (_text(payload, name) for name in ("repository", "base", "head"))
    number = payload.get("number")
    if not isinstance(number, int) or not 0 < number <= MAX_NUMBER:
        raise Malformed("number: a whole number from 1 is expected")
    if not is_repository(repository):
        raise Malformed("repository: not a name of a repository")
    if not is_revision(base) or not is_revision(head):
        raise Malformed("base, head: a branch, a tag or a commit is expected")
    return ChangeRef(FORGE, repository, number, base=base, head=head)


def _actor(payload: Mapping[str, Any]) -> str:
    actor = payload.get("actor")
    return actor[:100] if isinstance(actor, str) else ""


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name}: text is expected")
    return value
