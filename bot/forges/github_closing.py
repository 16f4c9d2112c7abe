"""Threads closed.

An App may resolve a thread only with write access to contents, which we do not ask for; without it the
comment says itself that it is done. https://github.com/orgs/community/discussions/44650
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import Gone, NotAllowed
from bot.forges.base import Closing
from bot.forges.github_client import Client
from bot.forges.github_errors import raise_limits
from bot.forges.github_limits import BODY, cut_text
from bot.forges.github_queries import fixed_mutation, resolve_mutation

THREADS_A_REQUEST = 30


def close(client: Client, closings: Sequence[Closing]) -> None:
    """Resolve what we may; rewrite the rest. One that people answered stays unfolded."""
    still_open = [closing for closing in closings if not closing.thread.is_resolved]
    quiet = [one for one in still_open if one.thread.can_resolve and not one.thread.has_replies]
    resolved = {one for batch in _batches(quiet) for one in _resolve(client, batch)}
    for batch in _batches([closing for closing in still_open if closing.thread.id not in resolved]):
        _rewrite(client, batch)


def _resolve(client: Client, closings: Sequence[Closing]) -> list[str]:
    """The ids of those that are resolved now."""
    ids = [closing.thread.id for closing in closings]
    document, variables = resolve_mutation(ids)
    try:
        data, errors = client.mutate(document, variables)
    except (NotAllowed, Gone):
        return []
    raise_limits(errors)
    return [one for number, one in enumerate(ids) if data.get(f"r{number}")]


def _rewrite(client: Client, closings: Sequence[Closing]) -> None:
    edits = [
        (closing.thread.comment_id, cut_text(closing.body, BODY), not closing.thread.has_replies)
        for closing in closings
    ]
    document, variables = fixed_mutation(edits)
    try:
        _, errors = client.mutate(document, variables)
    except (NotAllowed, Gone):
        return
    raise_limits(errors)


def _batches(closings: Sequence[Closing]) -> list[Sequence[Closing]]:
    return [
        closings[start : start + THREADS_A_REQUEST] for start in range(0, len(closings), THREADS_A_REQUEST)
    ]
