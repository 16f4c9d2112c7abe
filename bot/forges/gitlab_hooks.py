"""What GitLab could not hand over: the events of our webhooks that failed, where the token may see them.

GitLab keeps them for some days and repeats none by itself; a hook's events are for its project's
maintainers alone. https://docs.gitlab.com/api/project_webhooks/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import Gone, Malformed, NotAllowed
from bot.forges.gitlab_client import Client
from bot.forges.rounds import Ailment, Missed

PLACES = 50
"""Projects and groups each, those active last, whose hooks are looked at in a round."""
EVENT_PAGES = 5
_MAINTAINER, _OWNER = 40, 50
_READ = frozenset({"merge_request_hooks", "note_hooks", "emoji_hooks", "push_hooks"})
_ORDER: Mapping[str, Mapping[str, str]] = {
    "projects": {"order_by": "last_activity_at", "membership": "true"},
    "groups": {},
}
_ID = re.compile(r"/(?:projects|groups)/\d+/hooks/\d+/events/\d+")
_KEYS = ("webhook-id", "idempotency-key")


def read_missed(client: Client, since: datetime) -> Sequence[Missed]:
    """The failed deliveries, the oldest first. What arrived when it was sent again is none."""
    missed = [one for path in _hooks(client) for one in _failed(client, path, since)]
    return sorted(missed, key=lambda one: one.delivered_at)


def resend(client: Client, missed: Missed) -> None:
    """GitLab sends it with the same key as before."""
    if not _ID.fullmatch(missed.id):
        raise Malformed(f"{missed.id!r} names no event of a hook")
    client.write("POST", f"{missed.id}/resend", {})


def sick_hooks(client: Client, now: datetime) -> list[Ailment]:
    """Hooks of ours that GitLab has switched off, for a time or until somebody acts."""
    return [
        Ailment("hook_disabled", path, f"GitLab has switched off the webhook {path}", now)
        for path, hook in _own_hooks(client)
        if hook.get("alert_status") in ("disabled", "temporarily_disabled")
    ]


def _hooks(client: Client) -> Iterator[str]:
    return (path for path, _ in _own_hooks(client))


def _own_hooks(client: Client) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The hooks that lead to us, by their addresses in the interface."""
    for place in (*_places(client, "projects", _MAINTAINER), *_places(client, "groups", _OWNER)):
        try:
            hooks = client.read(f"{place}/hooks", per_page=100)
        except (Gone, NotAllowed):
            continue
        for hook in hooks:
            if str(hook.get("url", "")).rstrip("/").endswith(f"/webhooks/{client.instance.name}"):
                yield f"{place}/hooks/{int(hook['id'])}", hook


def _places(client: Client, kind: str, least: int) -> list[str]:
    order: dict[str, str] = (
        {"order_by": "last_activity_at", "membership": "true"} if kind == "projects" else {}
    )
    try:
        found = client.read(f"/{kind}", min_access_level=least, per_page=PLACES, **order)
    except (Gone, NotAllowed):
        return []
    return [f"/{kind}/{int(one['id'])}" for one in found]


def _failed(client: Client, hook: str, since: datetime) -> Iterator[Missed]:
    """All tries are listed, newest first. A delivery is one key, however often it was tried."""
    tries: dict[str, list[Mapping[str, Any]]] = {}
    for event in client.pages(f"{hook}/events", EVENT_PAGES):
        if event.get("trigger") in _READ:
            tries.setdefault(_guid(event), []).append(event)
    for guid, those in tries.items():
        at = _time(those[-1], since)
        if at >= since and not any(_has_arrived(event) for event in those):
            yield Missed(f"{hook}/events/{int(those[0]['id'])}", guid, at)


def _has_arrived(event: Mapping[str, Any]) -> bool:
    """What never connected has a word in place of a status."""
    return str(event.get("response_status") or "").startswith("2")


def _guid(event: Mapping[str, Any]) -> str:
    """As the webhook's intake names it."""
    headers = {name.lower(): str(value) for name, value in (event.get("request_headers") or {}).items()}
    return next((headers[name] for name in _KEYS if headers.get(name)), f"hook-event-{event['id']}")


def _time(event: Mapping[str, Any], default: datetime) -> datetime:
    """An event has no time of its own, but what it speaks of has."""
    about = (event.get("request_data") or {}).get("object_attributes") or {}
    told = _moments(about.get(name) for name in ("updated_at", "created_at"))
    return next(iter(told), default)


def _moments(texts: Iterable[object]) -> Iterator[datetime]:
    """`2026-11-20T10:00:00Z`, or `2026-11-20 10:00:00 UTC`."""
    for text in texts:
        try:
            moment = datetime.fromisoformat(str(text).replace(" UTC", "+00:00"))
        except ValueError:
            continue
        yield moment if moment.tzinfo else moment.replace(tzinfo=UTC)
