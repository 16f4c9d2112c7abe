"""What GitHub's payloads have in common, read with care: they may hold anything.

The readers raise what a wrong kind of value raises in Python, above all KeyError, TypeError and ValueError;
`bot.forges.github_events` makes Malformed of all that. Field names are those of
https://docs.github.com/en/webhooks/webhook-events-and-payloads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.forges.base import ChangeRef

FORGE = "github"

_REPOSITORY = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LOGIN = re.compile(r"[\w.-]{1,100}(?:\[bot\])?")
_MAX_PULL = 2**31 - 1
_MAX_ID = 2**63 - 1

Payload = Mapping[str, Any]


def read_change(payload: Payload, number: object) -> ChangeRef:
    """The pull request `number` of the payload's repository."""
    return ChangeRef(FORGE, _repository(payload), _whole(number, _MAX_PULL), _installation(payload))


def read_repository(payload: Payload) -> ChangeRef:
    """The payload's repository as a whole."""
    return ChangeRef(FORGE, _repository(payload), 0, _installation(payload))


def read_installation(payload: Payload) -> ChangeRef:
    """All that the payload's installation lets us see."""
    return ChangeRef(FORGE, "", 0, read_id(payload["installation"]["id"]))


def read_action(payload: Payload) -> str:
    """What of the event's kind has happened."""
    return read_text(payload["action"])


def read_actor(payload: Payload) -> str:
    """Who did it."""
    return read_login(payload["sender"])


def read_login(person: Payload) -> str:
    """A person's name, or a bot's."""
    return _fitting(_LOGIN, person["login"])


def read_commit(value: object) -> str:
    """The whole id of a commit."""
    return _fitting(_COMMIT, value)


def read_id(value: object) -> str:
    """One of GitHub's own numbers, as text."""
    return str(_whole(value, _MAX_ID))


def read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def read_app(app: Payload | None) -> str:
    """The number of an App; empty where there is none."""
    return read_id(app["id"]) if app else ""


def _repository(payload: Payload) -> str:
    return _fitting(_REPOSITORY, payload["repository"]["full_name"])


def _installation(payload: Payload) -> str:
    """Empty for a hook that somebody set up on a repository by hand."""
    installation = payload.get("installation")
    return read_id(installation["id"]) if installation else ""


def _fitting(pattern: re.Pattern[str], value: object) -> str:
    text = read_text(value)
    if not pattern.fullmatch(text):
        raise ValueError(f"not of the form {pattern.pattern}")
    return text


def _whole(value: object, largest: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number expected")
    if not 0 < value <= largest:
        raise ValueError("a number out of range")
    return value
