"""Our conversations on a pull request, read from GraphQL's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.forges.base import Thread
from bot.forges.github_client import Client
from bot.forges.github_queries import MORE_THREADS
from bot.review.markers import read_marker

_PAGES = 20


def read_threads(client: Client, variables: Mapping[str, Any], pull: Mapping[str, Any]) -> Iterable[Thread]:
    page = pull["reviewThreads"]
    for _ in range(_PAGES):
        yield from filter(None, map(_thread, page["nodes"]))
        if not page["pageInfo"]["hasNextPage"]:
            return
        data, errors = client.query(MORE_THREADS, {**variables, "after": page["pageInfo"]["endCursor"]})
        if errors:
            raise errors[0]
        page = data["repository"]["pullRequest"]["reviewThreads"]


def _thread(node: Mapping[str, Any]) -> Thread | None:
    """None where its first comment is not ours: a marker alone can be forged."""
    comments = node["comments"]["nodes"]
    if not comments or not comments[0]["viewerDidAuthor"]:
        return None
    first = comments[0]
    marker = read_marker(first["body"])
    if marker is None:
        return None
    return Thread(
        id=node["id"],
        path=node["path"],
        line=None if node["isOutdated"] else node["line"],
        body=first["body"],
        fingerprint=marker.fingerprint,
        rule=marker.rule,
        head=marker.head,
        is_resolved=node["isResolved"],
        has_replies=_has_replies(node["comments"]),
        can_resolve=node["viewerCanResolve"],
        comment_id=first["id"],
        root=str(first["fullDatabaseId"] or ""),
        is_closed_by_us=node["isResolved"] and _login(node["resolvedBy"]) == _login(first["author"]),
    )


def _has_replies(comments: Mapping[str, Any]) -> bool:
    others = any(not comment["viewerDidAuthor"] for comment in comments["nodes"])
    return others or comments["totalCount"] > len(comments["nodes"])


def _login(actor: Mapping[str, str] | None) -> str | None:
    """REST's and GraphQL's names of a bot differ by `[bot]`."""
    return actor["login"].removesuffix("[bot]") if actor else None
