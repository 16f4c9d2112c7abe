"""The thumbs under our comments on a merge request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.forges.base import ChangeRef, Vote
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_discussions import Discussion
from bot.forges.gitlab_state import project_path, read_state
from bot.review.markers import read_any_marker

_PAGES = 2
MOST_COMMENTS = 50
"""One request each: GitLab tells the signs of one note at a time."""


def read_votes(client: Client, ref: ChangeRef) -> Sequence[Vote]:
    """Those under the first comment of each discussion of ours, the newest fifty of them."""
    state = read_state(client, ref)
    ours = [one for one in state.discussions if one.notes and one.notes[0].author == state.own]
    path = f"{project_path(ref.repository)}/merge_requests/{ref.number}"
    return list(_votes(client, path, state.own, ours[-MOST_COMMENTS:]))


def _votes(client: Client, path: str, own: str, discussions: Sequence[Discussion]) -> Iterator[Vote]:
    for one in discussions:
        marker = read_any_marker(one.notes[0].body)
        if marker is None:
            continue
        signs = list(client.pages(f"{path}/notes/{one.notes[0].id}/award_emoji", _PAGES))
        up, down = (_count(signs, name, own) for name in ("thumbsup", "thumbsdown"))
        yield Vote(marker.fingerprint, marker.rule, up, down)


def _count(signs: Sequence[Mapping[str, Any]], name: str, own: str) -> int:
    return sum(sign["name"] == name and str((sign.get("user") or {}).get("id")) != own for sign in signs)
