"""New comments posted: all of them in one review, each once, and none lost.

One wrong line makes GitHub refuse the whole review without saying which. So each line is looked up in the
patch before; where GitHub refuses all the same, the review is tried once more without its ranges, and what it
will not take then is given back. Nothing is found out by posting one after the other: each would notify.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.errors import TryLater, Unclear
from bot.forges.base import FileDiff, NewThread
from bot.forges.github_change import GithubChange
from bot.forges.github_client import Client
from bot.forges.github_errors import Refused
from bot.forges.github_limits import BODY, cut_text
from bot.forges.github_reading import State
from bot.review.diff import parse_patch
from bot.review.markdown import without_suggestions

ReadState = Callable[[], State]


def post_threads(
    client: Client, change: GithubChange, threads: Sequence[NewThread], body: str, state: ReadState
) -> Sequence[NewThread]:
    """Post all of them on the head of the change; returns what GitHub did not take.

    `state` reads the pull request anew where that is needed. Raises TryLater where the head has moved, and
    Unclear where the answer was lost and not all is to be seen yet.
    """
    files = {file.path: file for file in change.files if file.status != "removed"}
    anchored = [_anchor(thread, files.get(thread.path)) for thread in threads if thread.path in files]
    on_lines = [thread for thread in anchored if thread.line is not None]
    on_files = [thread for thread in anchored if thread.line is None]
    unposted = [thread for thread in threads if thread.path not in files]
    if on_lines:
        unposted += _post_review(client, change, on_lines, body, state)
    for number, thread in enumerate(on_files):
        is_first = number == 0 and not on_lines
        unposted += _post_comment(client, change, thread, state, is_first=is_first)
    return unposted


def _anchor(thread: NewThread, file: FileDiff | None) -> NewThread:
    """The thread where its file's patch allows it: on its lines, on the last of them, or on the file."""
    diff = parse_patch(file.patch if file else None)
    hunk = diff.hunk_at(thread.line) if thread.line is not None else None
    if thread.line is None or hunk is None:
        return replace(thread, line=None, start_line=None, body=without_suggestions(thread.body))
    start = thread.start_line
    is_range = start is not None and start < thread.line and hunk.spans(start, thread.line)
    return thread if is_range else _shrink(thread)


def _shrink(thread: NewThread) -> NewThread:
    """The thread on its last line alone. What it suggests for more lines would be committed wrongly then."""
    if thread.start_line in (None, thread.line):
        return replace(thread, start_line=None)
    return replace(thread, start_line=None, body=without_suggestions(thread.body))


def _post_review(
    client: Client, change: GithubChange, threads: Sequence[NewThread], body: str, state: ReadState
) -> Sequence[NewThread]:
    try:
        _send_review(client, change, threads, body, state)
    except Refused:
        _stop_if_moved(state(), change)
    else:
        return ()
    if all(thread.start_line is None for thread in threads):
        return threads
    try:
        _send_review(client, change, [_shrink(thread) for thread in threads], body, state)
    except Refused:
        return threads
    return ()


def _send_review(
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


def _post_comment(
    client: Client, change: GithubChange, thread: NewThread, state: ReadState, *, is_first: bool
) -> Sequence[NewThread]:
    """One comment on a whole file, which no review can hold."""
    comment = {"path": thread.path, "body": cut_text(thread.body, BODY), "subject_type": "file"}
    try:
        client.write("POST", f"{_pull(change)}/comments", {"commit_id": change.head, **comment})
    except Refused:
        return (thread,)
    except Unclear:
        if not _landed(state(), change, [thread]):
            raise
    except TryLater as limit:
        if is_first:
            raise
        raise Unclear(limit.at, f"{limit}; some comments are posted") from None
    return ()


def _comment(thread: NewThread) -> dict[str, Any]:
    """A start equal to the end is refused, so a single line has none."""
    comment: dict[str, Any] = {
        "path": thread.path,
        "body": cut_text(thread.body, BODY),
        "line": thread.line,
        "side": "RIGHT",
    }
    return comment | ({"start_line": thread.start_line, "start_side": "RIGHT"} if thread.start_line else {})


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
