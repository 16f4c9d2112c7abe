"""The thumbs under our comments on a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.forges.base import ChangeRef, Vote
from bot.forges.github_client import Client
from bot.forges.github_queries import VOTES
from bot.forges.github_threads import follow_pages, read_page
from bot.review.markers import read_any_marker

_UP, _DOWN = "THUMBS_UP", "THUMBS_DOWN"


def read_votes(client: Client, ref: ChangeRef) -> Sequence[Vote]:
    """Those under the first comment of each thread of ours; one request for every 100 threads."""
    owner, _, name = ref.repository.partition("/")
    variables = {"owner": owner, "name": name, "number": ref.number}
    first = read_page(client, VOTES, {**variables, "after": None})
    votes = map(_vote, follow_pages(client, VOTES, variables, first))
    return [vote for vote in votes if vote]


def _vote(node: Mapping[str, Any]) -> Vote | None:
    comments = node["comments"]["nodes"]
    if not comments or not comments[0]["viewerDidAuthor"]:
        return None
    marker = read_any_marker(comments[0]["body"])
    if marker is None:
        return None
    groups = comments[0]["reactionGroups"] or ()
    counts = {group["content"]: group["reactors"]["totalCount"] for group in groups}
    return Vote(marker.fingerprint, marker.rule, counts.get(_UP, 0), counts.get(_DOWN, 0))
