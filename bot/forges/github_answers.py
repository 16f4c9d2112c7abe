"""Answers in words: in the conversation that a comment stands in, or below the pull request; each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from bot.errors import NotFound, Unclear
from bot.forges.base import Request
from bot.forges.github_client import Client
from bot.forges.github_limits import BODY, cut_text
from bot.forges.github_queries import ANSWERS


def reply(client: Client, request: Request, body: str) -> None:
    """Post the answer unless one of ours ends with the same line.

    Two requests. A conversation that is no more needs no answer. Raises TryLater where the answer was
    lost and the comment is not to be seen: the next attempt begins with looking.
    """
    text, _, last = body.rstrip().rpartition("\n")
    if _stands(client, request, last):
        return
    shortened = f"{cut_text(text, BODY - len(last) - 1)}\n{last}"
    try:
        client.write("POST", _path(request), {"body": shortened})
    except NotFound:
        return
    except Unclear:
        if not _stands(client, request, last):
            raise


def _path(request: Request) -> str:
    repository, number = quote(request.change.repository), request.change.number
    if request.comment and request.comment.thread:
        return f"/repos/{repository}/pulls/{number}/comments/{int(request.comment.thread)}/replies"
    return f"/repos/{repository}/issues/{number}/comments"


def _stands(client: Client, request: Request, last: str) -> bool:
    """Whether the newest comments hold one of ours that ends so. Others can copy the line: it is no proof."""
    owner, _, name = request.change.repository.partition("/")
    data, errors = client.query(ANSWERS, {"owner": owner, "name": name, "number": request.change.number})
    pull = (data.get("repository") or {}).get("pullRequest")
    if pull is None:
        raise errors[0] if errors else NotFound(f"there is no {request.change.key}")
    return any(one["viewerDidAuthor"] and one["body"].rstrip().endswith(last) for one in _comments(pull))


def _comments(pull: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from pull["comments"]["nodes"]
    for thread in pull["reviewThreads"]["nodes"]:
        yield from thread["comments"]["nodes"]
