"""New comments posted: all of them in one review, or not at all.

One wrong line makes GitHub refuse the whole review without saying which; then they go one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.errors import TryLater, Unclear
from bot.forges.base import NewThread
from bot.forges.github_change import GithubChange
from bot.forges.github_client import Client
from bot.forges.github_errors import Refused
from bot.forges.github_limits import BODY, cut_text
from bot.forges.github_reading import State

ReadState = Callable[[], State]


def post_threads(
    client: Client, change: GithubChange, threads: Sequence[NewThread], body: str, state: ReadState
) -> None:
    """Post all of them on the head of the change. `state` reads the pull request anew where that is needed.

    Raises TryLater where the head has moved, or where the answer was lost and nothing is to be seen yet:
    the next attempt starts from what has landed by then.
    """
    on_lines = [thread for thread in threads if thread.line is not None]
    if on_lines:
        _post_review(client, change, on_lines, body, state)
    for thread in threads:
        if thread.line is None:
            _post_comment(client, change, thread, state)


def _post_review(
    client: Client, change: GithubChange, threads: Sequence[NewThread], body: str, state: ReadState
) -> None:
    review = {
        "commit_id": change.head,
        "event": "COMMENT",
        "body": cut_text(body, BODY),
        "comments": [_comment(thread) for thread in threads],
    }
    try:
        client.write("POST", f"{_pull(change)}/reviews", review)
    except Unclear:
        if not _landed(state(), change, threads):
            raise
    except Refused:
        _stop_if_moved(state(), change)
        for thread in threads:
            _post_comment(client, change, thread, state)


def _post_comment(client: Client, change: GithubChange, thread: NewThread, state: ReadState) -> None:
    """One comment; on the file where its line is refused. A file refused too is left to the summary."""
    for comment in _from_exact_to_coarse(thread):
        try:
            client.write("POST", f"{_pull(change)}/comments", {"commit_id": change.head, **comment})
        except Refused:
            continue
        except Unclear:
            if not _landed(state(), change, [thread]):
                raise
        return


def _from_exact_to_coarse(thread: NewThread) -> Iterable[dict[str, Any]]:
    if thread.line is not None:
        yield _comment(thread)
    yield {"path": thread.path, "body": cut_text(thread.body, BODY), "subject_type": "file"}


def _comment(thread: NewThread) -> dict[str, Any]:
    """A start equal to the end is refused, so a single line has none."""
    comment: dict[str, Any] = {
        "path": thread.path,
        "body": cut_text(thread.body, BODY),
        "line": thread.line,
        "side": "RIGHT",
    }
    if thread.start_line is not None and thread.line is not None and thread.start_line < thread.line:
        comment |= {"start_line": thread.start_line, "start_side": "RIGHT"}
    return comment


def _landed(state: State, change: GithubChange, threads: Iterable[NewThread]) -> bool:
    """Whether all of them are to be seen, among the threads that were not there before."""
    before = {thread.id for thread in change.threads}
    seen = {thread.fingerprint for thread in state.threads if thread.id not in before}
    return all(thread.fingerprint in seen for thread in threads)


def _stop_if_moved(state: State, change: GithubChange) -> None:
    if state.head != change.head:
        raise TryLater(datetime.now(UTC), f"the head of {change.ref.key} has moved to {state.head}")


def _pull(change: GithubChange) -> str:
    return f"/repos/{quote(change.repository)}/pulls/{change.ref.number}"
