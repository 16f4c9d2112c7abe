"""What a review says to all: a note that is edited in place, and the commit's status."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.errors import Gone, Unclear
from bot.forges.base import Summary
from bot.forges.gitlab_change import GitlabChange, Sticky
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_note import write_note
from bot.forges.gitlab_status import publish_status

_NO_NEWS = re.compile(r" in \d+\.\d s\b|(?<=/reviews/)[0-9a-f]{32}\b|(?<= · commented) earlier(?= \|)")
"""How long a review took, which one it was, and which of two reviews wrote a comment."""

FindSticky = Callable[[], Sticky | None]


def publish(client: Client, change: GitlabChange, summary: Summary, find: FindSticky) -> None:
    """The note first: whoever sees the status finds it written. `find` looks after an answer was lost."""
    body = write_note(summary, change.sticky.problems if change.sticky else None)
    if body is not None and not (change.sticky and _edit(client, change, change.sticky, body)):
        _post(client, change, body, find)
    publish_status(client, change, summary)


def _edit(client: Client, change: GitlabChange, sticky: Sticky, body: str) -> bool:
    """False where somebody has deleted it meanwhile. A note that says so already is left alone."""
    if _said(sticky.body) == _said(body):
        return True
    try:
        client.write("PUT", f"{change.path}/notes/{sticky.id}", {"body": body})
    except Gone:
        return False
    return True


def _post(client: Client, change: GitlabChange, body: str, find: FindSticky) -> None:
    client.notes.take()
    try:
        client.write("POST", f"{change.path}/notes", {"body": body})
    except Unclear:
        landed = find()
        if landed is None or landed == change.sticky:
            raise


def _said(body: str) -> str:
    return _NO_NEWS.sub("", body).strip()
