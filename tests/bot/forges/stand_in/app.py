"""What the App itself may ask, and what an installation sees: installations, deliveries, repositories.

Facts: https://github.com/github/rest-api-description (apps, webhooks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from tests.bot.forges.stand_in.hook import Delivery, Hook
from tests.bot.forges.stand_in.world import Repository, World

Query = Mapping[str, str]
Answer = tuple[int, Mapping[str, str], Any]


def as_app(world: World, method: str, path: str, query: Query) -> Answer | None:
    """The answer to what only the App itself may ask; None for other paths."""
    if (method, path) == ("GET", "/app/installations"):
        told = [_installation(world, number) for number in sorted(world.installations)]
        return _page(path, query, told)
    if (method, path) == ("GET", "/app/hook/deliveries"):
        return _deliveries(path, query, world.hook)
    again = re.fullmatch(r"/app/hook/deliveries/(\d+)/attempts", path)
    if again and method == "POST":
        world.hook.attempt(int(again[1]))
        return 202, {}, {}
    return None


def repositories(world: World, installation: int, query: Query) -> Answer:
    mine = [one for one in world.repositories.values() if world.home(one) == installation]
    status, headers, page = _page("/installation/repositories", query, list(map(repository, mine)))
    return status, headers, {"total_count": len(mine), "repositories": page}


def repository(one: Repository) -> dict[str, Any]:
    """As REST tells it. Pull requests are counted among the open issues."""
    count = sum(pull.state == "OPEN" for pull in one.pulls.values())
    told = {"full_name": one.name, "node_id": f"R_{one.name}", "archived": one.is_archived}
    return {**told, "disabled": False, "open_issues_count": count}


def _installation(world: World, number: int) -> dict[str, Any]:
    suspended = "2026-01-01T00:00:00Z" if number in world.suspended else None
    told = {"id": number, "suspended_at": suspended, "account": {"login": "acme"}}
    return {**told, "permissions": world.permissions}


def _deliveries(path: str, query: Query, hook: Hook) -> Answer:
    """The newest first. `status=failure` gives those with a status of 400 and above, so not all."""
    listed = hook.deliveries[::-1]
    if cursor := query.get("cursor"):
        listed = [one for one in listed if one.id <= int(cursor.removeprefix("v1_"))]
    size = min(int(query.get("per_page", "30")), 100)
    headers = {}
    if len(listed) > size:
        headers = {"Link": _link(path, {"per_page": size, "cursor": f"v1_{listed[size].id}"})}
    return 200, headers, [_told(one) for one in listed[:size]]


def _told(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "guid": one.guid,
        "event": one.event,
        "status": one.status,
        "delivered_at": one.delivered_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "redelivery": one.is_redelivery,
    }


def _page(path: str, query: Query, entries: Sequence[Any]) -> Answer:
    size, page = min(int(query.get("per_page", "30")), 100), int(query.get("page", "1"))
    more = page * size < len(entries)
    headers = {"Link": _link(path, {"per_page": size, "page": page + 1})} if more else {}
    return 200, headers, entries[(page - 1) * size : page * size]


def _link(path: str, query: Mapping[str, Any]) -> str:
    """With the first and last page named too, as GitHub does, and a host that nobody should follow."""
    address = f"https://api.example.com{path}"
    return f'<{address}?page=1>; rel="first", <{address}?{urlencode(query)}>; rel="next"'
