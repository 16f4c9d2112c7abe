"""What people tell us without words: conversations resolved and opened again, thumbs up and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.forges.base import Request, Vote
from bot.review.desk import Desk
from bot.review.markers import read_marker
from bot.store.dismissals import Dismissal, Kind
from bot.store.feedback import Opinion, Sign
from bot.store.posted import Posting

RESOLVED, UNRESOLVED = "resolved", "unresolved"


def hear_of_thread(request: Request, desk: Desk, delivery: str) -> None:
    """Remember that a person resolved a conversation of ours, or opened it again; the next review says so.

    What is not among our postings is passed over. Such are the conversations about what the latest review
    did not find any more: we resolve those ourselves, and that is told us as an event like any other.
    """
    marker = read_marker(request.comment.body if request.comment else "")
    key = request.change.key
    posting = desk.posted.of(key).get(marker.fingerprint) if marker else None
    if posting is None:
        return
    earlier = desk.dismissals.of(key).get(posting.fingerprint)
    if request.order == RESOLVED and (earlier is None or _came_of_itself(earlier)):
        desk.dismissals.add(key, _dismissal(posting, request.actor))
    elif request.order == UNRESOLVED and earlier and _came_of_itself(earlier):
        desk.dismissals.remove(key, posting.fingerprint)


def count_votes(request: Request, desk: Desk, delivery: str) -> None:
    """Keep the thumbs under our comments, once the change is done with. Counted anew each time."""
    desk.feedback.put(request.change.key, _opinions(desk.forge.votes(request.change)))


def _came_of_itself(dismissal: Dismissal) -> bool:
    """What was said with a command is taken back with one."""
    return dismissal.kind in (Kind.RESOLVED, Kind.DELETED)


def _dismissal(posting: Posting, actor: str) -> Dismissal:
    return Dismissal(posting.fingerprint, Kind.RESOLVED, posting.rule, posting.lines, actor=actor)


def _opinions(votes: Sequence[Vote]) -> Iterator[Opinion]:
    """One finding may have had several comments."""
    rules = {vote.fingerprint: vote.rule for vote in votes}
    for fingerprint, rule in rules.items():
        own = [vote for vote in votes if vote.fingerprint == fingerprint]
        yield Opinion(fingerprint, rule, Sign.UP, sum(vote.up for vote in own))
        yield Opinion(fingerprint, rule, Sign.DOWN, sum(vote.down for vote in own))
