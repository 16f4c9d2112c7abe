"""GitHub's webhook payloads read into requests. Pure: nothing is fetched, nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.errors import Malformed
from bot.forges import (
    github_change_events,
    github_check_events,
    github_comment_events,
    github_place_events,
)
from bot.forges.base import Request
from bot.forges.github_payload import Payload

_READERS: Mapping[str, Callable[[Payload, str], Request | None]] = {
    "pull_request": github_change_events.read_pull_request,
    "merge_group": github_change_events.read_merge_group,
    "issue_comment": github_comment_events.read_issue_comment,
    "pull_request_review_comment": github_comment_events.read_review_comment,
    "pull_request_review_thread": github_comment_events.read_review_thread,
    "check_run": github_check_events.read_check_run,
    "check_suite": github_check_events.read_check_suite,
    "installation": github_place_events.read_installation,
    "installation_repositories": github_place_events.read_installation_repositories,
    "push": github_place_events.read_push,
}
EVENTS = frozenset(_READERS)
"""Those that may ask for something. The two about installations are sent to every App unasked."""


def read_event(name: str, payload: Payload, own_app_id: int | str) -> Request | None:
    """What a delivery asks for; None where it asks for nothing. `name` is the header `X-GitHub-Event`.

    Raises Malformed where a key is missing that the event is promised to have.
    """
    reader = _READERS.get(name)
    if reader is None:
        return None
    try:
        return reader(payload, str(own_app_id))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise Malformed(f"the {name} event cannot be read: {problem!r}") from None
