"""Our conversations on a pull request, read from GraphQL's pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import NotAllowed
from bot.forges.base import Thread
from bot.forges.github_client import Client
from bot.forges.github_errors import unclear
from bot.forges.github_queries import MORE_THREADS, THREADS_A_PAGE
from bot.review.markers import read_marker

_PAGES = 100


def read_threads(client: Client, variables: Mapping[str, Any], pull: Mapping[str, Any]) -> Iterable[Thread]:
    """Those that are ours. Raises where a part of the list is missing: nobody has deleted it."""
    pages = follow_pages(client, MORE_THREADS, variables, pull["reviewThreads"])
    return filter(None, map(_thread, pages))


def follow_pages(
    client: Client, document: str, variables: Mapping[str, Any], page: Any
) -> Iterator[Mapping[str, Any]]:
    """The nodes of a page of threads and of those after it."""
    for _ in range(_PAGES):
        if page is None or None in page["nodes"]:
            raise unclear("GraphQL: not all threads were told", datetime.now(UTC))
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        page = read_page(client, document, {**variables, "after": page["pageInfo"]["endCursor"]})
    raise NotAllowed(f"there are more than {_PAGES * THREADS_A_PAGE} threads")


def read_page(client: Client, document: str, variables: Mapping[str, Any]) -> Any:
    """One page of the threads of a pull request."""
    data, errors = client.query(document, variables)
    if errors:
        raise errors[0]
    return data["repository"]["pullRequest"]["reviewThreads"]


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
        first_line=node["originalLine"],
        is_closed_by_us=node["isResolved"] and _login(node["resolvedBy"]) == _login(first["author"]),
    )


def _has_replies(comments: Mapping[str, Any]) -> bool:
    others = any(not comment["viewerDidAuthor"] for comment in comments["nodes"])
    return others or comments["totalCount"] > len(comments["nodes"])


def _login(actor: Mapping[str, str] | None) -> str | None:
    """REST's and GraphQL's names of a bot differ by `[bot]`."""
    return actor["login"].removesuffix("[bot]") if actor else None
