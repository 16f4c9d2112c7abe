"""Threads closed whose finding is fixed.

An App may resolve a thread only with write access to contents, which we do not ask for; without it the
comment says itself that it is done. https://github.com/orgs/community/discussions/44650
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import Gone, NotAllowed, TryLater
from bot.forges.base import Thread
from bot.forges.github_client import Client
from bot.forges.github_limits import BODY, cut_text
from bot.forges.github_queries import fixed_mutation, resolve_mutation
from bot.review.markers import read_marker

THREADS_A_REQUEST = 30


def close(client: Client, threads: Sequence[Thread], head: str) -> None:
    """Resolve what we may; rewrite the rest as fixed in `head`. One that people answered stays unfolded."""
    still_open = [thread for thread in threads if not thread.is_resolved]
    quiet = [thread for thread in still_open if thread.can_resolve and not thread.has_replies]
    resolved = {one for batch in _batches(quiet) for one in _resolve(client, batch)}
    for batch in _batches([thread for thread in still_open if thread.id not in resolved]):
        _rewrite(client, batch, head)


def _resolve(client: Client, threads: Sequence[Thread]) -> list[str]:
    """The ids of those that are resolved now."""
    document, variables = resolve_mutation([thread.id for thread in threads])
    try:
        data, errors = client.mutate(document, variables)
    except (NotAllowed, Gone):
        return []
    _raise_limits(errors)
    return [thread.id for number, thread in enumerate(threads) if data.get(f"r{number}")]


def _rewrite(client: Client, threads: Sequence[Thread], head: str) -> None:
    edits = [(thread.comment_id, fixed_body(thread.body, head), not thread.has_replies) for thread in threads]
    document, variables = fixed_mutation(edits)
    try:
        _, errors = client.mutate(document, variables)
    except (NotAllowed, Gone):
        return
    _raise_limits(errors)


def fixed_body(body: str, head: str) -> str:
    """The comment struck through. Its marker goes: should the finding come back, it gets a new thread."""
    text = body.rstrip()
    if read_marker(text):
        text = text.rpartition("\n")[0].rstrip()
    first, _, rest = text.partition("\n")
    struck = f"~~{first.strip()}~~ Fixed in {head[:7]}."
    if rest.strip():
        struck += f"\n\n<details><summary>What it said</summary>\n\n{rest.strip()}\n\n</details>"
    return cut_text(struck, BODY)


def _raise_limits(errors: Sequence[Exception]) -> None:
    for error in errors:
        if isinstance(error, TryLater):
            raise error


def _batches(threads: Sequence[Thread]) -> list[Sequence[Thread]]:
    return [threads[start : start + THREADS_A_REQUEST] for start in range(0, len(threads), THREADS_A_REQUEST)]
