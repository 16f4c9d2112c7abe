"""The plan carried out: remembered first, then posted, so that no crash makes us say a thing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from analyzers.files import RepoFiles
from analyzers.finding import Report, Status
from bot.errors import Gone, NotAllowed, TryLater, Unclear
from bot.forges.base import Change, Closing, NewThread
from bot.review.closing import close_done
from bot.review.decisions import Decisions, settle
from bot.review.desk import Desk
from bot.review.lines import digest_lines
from bot.review.past import LAG, Learned, Past
from bot.review.placement import Placed
from bot.review.remarks import Moves
from bot.review.threads import Plan
from bot.review.verdict import count
from bot.store.posted import Posting

REFUSAL = "The forge took no comments: the right to write them is missing, or the conversation is locked."

log = structlog.stdlib.get_logger(__name__)


def recall(change: Change, desk: Desk, head: RepoFiles) -> Past:
    """What our store knows of a change."""
    key = change.ref.key
    last = desk.reviews.latest(key)
    renames = {file.previous_path: file.path for file in change.files if file.previous_path}
    return Past(
        seen=last.seen if last else None,
        posted=desk.posted.of(key),
        dismissals=desk.dismissals.of(key),
        moves=Moves(renames, None if head.is_partial else head.tree.keys()),
        lag=timedelta() if change.abilities.shows_at_once else LAG,
    )


def retain(change: Change, desk: Desk, learned: Learned) -> None:
    """Store what a plan learned. Comments we are about to close are forgotten before: that they are resolved
    then is no word of a person. What may never have landed is kept until the forge was tidied up after it.
    """
    key = change.ref.key
    for fingerprint in learned.lapsed:
        desk.dismissals.remove(key, fingerprint)
    for dismissal in learned.dismissed:
        desk.dismissals.add(key, dismissal)
    unseen = _unlanded(desk, key) - {thread.fingerprint for thread in change.threads}
    desk.posted.forget(key, set(learned.settled) - unseen)
    desk.posted.put(key, learned.standing)


def speak(
    change: Change,
    desk: Desk,
    plan: Plan,
    threads: Sequence[NewThread],
    report: Report,
    decisions: Decisions,
) -> Plan:
    """Open and close conversations. `threads` are those that the plan opens, in its order.

    What could not be posted is held back in the plan that comes back, all of it where we may not comment.
    Raises TryLater where a comment may have been posted before and is not to be seen yet.
    """
    if plan.awaited & {thread.fingerprint for thread in threads}:
        raise TryLater(datetime.now(UTC), "a comment may be posted already: the forge does not show it yet")
    if threads:
        plan = _say(change, desk, plan, threads, report)
    if closings := _closings(change, plan, report, decisions):
        desk.forge.close_threads(change, closings)
    return plan


def _closings(change: Change, plan: Plan, report: Report, decisions: Decisions) -> list[Closing]:
    """What people decided on is closed even where somebody answered: their decision is the last word."""
    if decisions.paused_by is not None:
        return []
    settled = settle(change.threads, decisions)
    decided = {closing.thread.id for closing in settled}
    ignored = {finding.fingerprint for finding in report.of(Status.IGNORED)}
    done = [close_done(one, change.head, ignored) for one in plan.close if one.id not in decided]
    return [*settled, *done]


def _say(change: Change, desk: Desk, plan: Plan, threads: Sequence[NewThread], report: Report) -> Plan:
    try:
        return _without(plan, _post(change, desk, plan, threads, report))
    except NotAllowed as reason:
        log.warning("comments_not_allowed", reason=str(reason))
        return replace(_without(plan, threads), refusal=REFUSAL)


def _post(
    change: Change, desk: Desk, plan: Plan, threads: Sequence[NewThread], report: Report
) -> Sequence[NewThread]:
    """What could not be posted. An unclear end leaves the postings as they are: nobody knows."""
    key = change.ref.key
    postings = [_posting(entry, change, report) for entry in plan.open]
    unlanded = _unlanded(desk, key)
    desk.posted.put(key, postings)
    heading = f"Shipworthy found {count(len(threads), 'thing')} to look at."
    try:
        unposted = desk.forge.open_threads(change, threads, heading, is_first_try=not unlanded)
    except Unclear:
        raise
    except (TryLater, NotAllowed, Gone):
        desk.posted.forget(key, [posting.fingerprint for posting in postings])
        raise
    missing = {thread.fingerprint for thread in unposted}
    desk.posted.forget(key, missing | unlanded)
    now = datetime.now(UTC)
    landed = [
        replace(one, is_landed=True, posted_at=now) for one in postings if one.fingerprint not in missing
    ]
    desk.posted.put(key, landed)
    return unposted


def _unlanded(desk: Desk, key: str) -> frozenset[str]:
    """Of these a broken run may have left something behind."""
    return frozenset(name for name, one in desk.posted.of(key).items() if not one.is_landed)


def _posting(entry: Placed, change: Change, report: Report) -> Posting:
    finding = entry.finding
    lines = digest_lines(finding, report.sources)
    return Posting(finding.fingerprint, finding.rule, finding.at.path, lines, change.head, datetime.now(UTC))


def _without(plan: Plan, unposted: Sequence[NewThread]) -> Plan:
    missing = {thread.fingerprint for thread in unposted}
    back = tuple(entry for entry in plan.open if entry.finding.fingerprint in missing)
    left = tuple(entry for entry in plan.open if entry.finding.fingerprint not in missing)
    return replace(plan, open=left, held_back=(*plan.held_back, *back))
