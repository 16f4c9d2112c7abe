"""New comments posted: one alone as it is, several as drafts that are published together.

A review of many comments is thus one notification. Publishing takes all our drafts of the merge request
with it, so those that a broken run has left are taken away first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import Gone, NotAllowed, TryLater, Unclear
from bot.forges.base import NewThread
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_discussions import Discussion
from bot.forges.gitlab_errors import Refused, unclear
from bot.forges.gitlab_positions import Position, positions
from bot.forges.gitlab_quick_actions import defuse
from bot.review.markdown import code
from bot.review.markers import read_marker

_DRAFT_PAGES = 10

ReadDiscussions = Callable[[], Sequence[Discussion]]


def post(
    client: Client,
    change: GitlabChange,
    threads: Sequence[NewThread],
    read: ReadDiscussions,
    *,
    is_first_try: bool = False,
) -> list[NewThread]:
    """Post them on the head of the change; those that GitLab took nowhere come back.

    `read` looks what stands there after an answer was lost. Raises TryLater where nothing is to be
    seen yet: the next attempt starts from what has landed by then.
    """
    client.notes.take(len(threads))
    if not is_first_try:
        _drop_drafts(client, change)
    if len(threads) == 1:
        return [one for one in threads if not _post_alone(client, change, one, read)]
    try:
        homeless = _draft_and_publish(client, change, threads, read)
    except (Gone, NotAllowed) as no:
        _leave_nothing(client, change, no)
        raise
    return _post_homeless(client, change, homeless, read)


def _draft_and_publish(
    client: Client, change: GitlabChange, threads: Sequence[NewThread], read: ReadDiscussions
) -> list[NewThread]:
    homeless = _draft_all(client, change, threads)
    drafted = [one for one in threads if one not in homeless]
    if drafted:
        try:
            _publish(client, change, drafted, read)
        except TryLater as later:
            # The drafts stay behind: the next try must know that it is not the first.
            raise Unclear(later.at, str(later)) from None
    return homeless


def _leave_nothing(client: Client, change: GitlabChange, reason: Exception) -> None:
    """Raises Unclear where drafts may be left: a later try has to tidy up."""
    try:
        _drop_drafts(client, change)
    except (Gone, NotAllowed, TryLater):
        raise unclear(str(reason), datetime.now(UTC)) from None


def _post_homeless(
    client: Client, change: GitlabChange, threads: Sequence[NewThread], read: ReadDiscussions
) -> list[NewThread]:
    """Those with no place, one by one. The others stand by now: whatever goes wrong, it was not all."""
    try:
        return [one for one in threads if not _post_alone(client, change, one, read, is_placed=False)]
    except TryLater as later:
        raise Unclear(later.at, str(later)) from None


def _post_alone(
    client: Client,
    change: GitlabChange,
    thread: NewThread,
    read: ReadDiscussions,
    *,
    is_placed: bool = True,
) -> bool:
    """Whether it stands now: at its place if GitLab takes that, else as a word about the file."""
    for body in _discussions(change, thread, is_placed):
        try:
            client.write("POST", f"{change.path}/discussions", body)
        except Refused:
            continue
        except Unclear:
            if not _landed(read(), change, [thread]):
                raise
        return True
    return False


def _discussions(change: GitlabChange, thread: NewThread, is_placed: bool) -> Iterator[Mapping[str, Any]]:
    if is_placed:
        for position in positions(change, thread):
            yield {"body": defuse(thread.body), "position": position}
    yield {"body": defuse(f"In {code(thread.path)}:\n\n{thread.body}")}


def _draft_all(client: Client, change: GitlabChange, threads: Sequence[NewThread]) -> list[NewThread]:
    """Those of which there is no draft. Whoever breaks off in the middle has left something behind."""
    homeless = []
    for number, thread in enumerate(threads):
        try:
            if not _draft(client, change, thread):
                homeless.append(thread)
        except TryLater as later:
            if number == 0:
                raise
            raise Unclear(later.at, str(later)) from None
    return homeless


def _draft(client: Client, change: GitlabChange, thread: NewThread) -> bool:
    """Whether there is a draft of it now. A draft that knows no line would be lost on publishing."""
    for position in positions(change, thread):
        try:
            draft = client.write(
                "POST", f"{change.path}/draft_notes", {"note": defuse(thread.body), "position": position}
            )
        except Refused:
            continue
        except Unclear:
            if not any(_is_of(one, thread) for one in _drafts(client, change)):
                raise
            return True
        if not _is_lost(draft, position):
            return True
        client.write("DELETE", f"{change.path}/draft_notes/{draft['id']}", {})
    return False


def _is_lost(draft: Mapping[str, Any], position: Position) -> bool:
    return position["position_type"] == "text" and "line_code" in draft and not draft["line_code"]


def _publish(
    client: Client, change: GitlabChange, threads: Sequence[NewThread], read: ReadDiscussions
) -> None:
    try:
        client.write("POST", f"{change.path}/draft_notes/bulk_publish", {})
    except Unclear:
        if not _landed(read(), change, threads):
            raise


def _drop_drafts(client: Client, change: GitlabChange) -> None:
    """GitLab shows nobody's drafts but our own; of those, the ones a review has made."""
    for draft in list(_drafts(client, change)):
        if read_marker(draft.get("note") or ""):
            _drop(client, f"{change.path}/draft_notes/{draft['id']}")


def _drop(client: Client, path: str) -> None:
    try:
        client.write("DELETE", path, {})
    except Gone:
        return


def _drafts(client: Client, change: GitlabChange) -> Iterator[Mapping[str, Any]]:
    return client.pages(f"{change.path}/draft_notes", _DRAFT_PAGES)


def _is_of(draft: Mapping[str, Any], thread: NewThread) -> bool:
    marker = read_marker(draft.get("note") or "")
    return marker is not None and marker.fingerprint == thread.fingerprint


def _landed(discussions: Iterable[Discussion], change: GitlabChange, threads: Iterable[NewThread]) -> bool:
    """Whether all of them are to be seen, among the discussions that were not there before."""
    before = {thread.id for thread in change.threads}
    bodies = [one.notes[0].body for one in discussions if one.notes and one.id not in before]
    seen = {marker.fingerprint for marker in map(read_marker, bodies) if marker}
    return all(thread.fingerprint in seen for thread in threads)
