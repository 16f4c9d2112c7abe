"""One change reviewed: analysed, placed, compared with what we said earlier, and published."""

from __future__ import annotations

from analyzers.config_text import describe
from analyzers.finding import Report, Status
from bot.forges.base import Change, Closing
from bot.review.closing import close_fixed
from bot.review.decisions import Decisions, read_decisions, settle
from bot.review.desk import Desk, Outcome
from bot.review.examining import Material, examine, gather_material
from bot.review.fates import find_fates
from bot.review.limits import hold_back, limits_for
from bot.review.links import Links
from bot.review.placement import Placed, place
from bot.review.quiet import find_quiet_reason, find_skip_reason
from bot.review.summary import skip, summarise
from bot.review.threads import Plan, reconcile
from bot.review.verdict import Digest, count
from bot.review.wording import write_threads
from bot.store.reviews import Record


def review_change(change: Change, desk: Desk, delivery: str) -> Outcome | None:
    """Review an open change as it stands now and remember what came of it; None where it is left alone.

    The review is remembered before its summary leads to its page, and after the comments are posted: whether
    a resolved conversation was dismissed is judged by what the last review had seen.
    """
    material = gather_material(change, desk)
    config = material.configuration.config
    if reason := find_skip_reason(change, config.skip):
        desk.forge.publish_summary(change, skip(reason))
        return None
    decisions = read_decisions(change.ref, desk)
    placed, digest = _digest(change, material, decisions, desk, delivery)
    _converse(digest, placed, decisions, desk)
    summary = summarise(digest)
    fates = find_fates(digest.plan, change.abilities)
    settings = [(one.name, one.value, one.is_said) for one in describe(config)]
    record = Record(change, digest.report, summary, delivery, fates, settings)
    desk.reviews.remember(digest.links.review_id, record)
    desk.forge.publish_summary(change, summary)
    return Outcome(digest.links.review_id, summary.conclusion, summary.title, digest.plan)


def _digest(
    change: Change, material: Material, decisions: Decisions, desk: Desk, delivery: str
) -> tuple[tuple[Placed, ...], Digest]:
    """What there is to say, before anything is said."""
    last = desk.reviews.latest(change.ref.key)
    found = examine(change, material, decisions, desk)
    comments = material.configuration.config.comments
    quiet = find_quiet_reason(change, comments, last.head if last else None, decisions.paused_by)
    limits = limits_for(comments, is_quiet=bool(quiet), takes_file_comments=change.abilities.file_comments)
    placed = place(found.report.of(Status.INTRODUCED), change.files)
    plan = hold_back(reconcile(placed, change.threads, found.report, last.seen if last else None), limits)
    links = Links(change, desk.public_url, desk.reviews.name(change, delivery))
    baseline = 0 if change.ref.is_queued else _record_baseline(change, found.report, desk)
    return placed, Digest(
        change, found.report, plan, material.configuration, links, found.foreseen, baseline, quiet
    )


def _record_baseline(change: Change, report: Report, desk: Desk) -> int:
    """What the base had: all that is known, and what the change fixes of it."""
    return desk.repositories.record_baseline(change, len(report.of(Status.KNOWN)) + len(report.fixed))


def _converse(digest: Digest, placed: tuple[Placed, ...], decisions: Decisions, desk: Desk) -> None:
    change, plan = digest.change, digest.plan
    if plan.open:
        threads = write_threads(plan, placed, digest.report.sources, digest.links)
        desk.forge.open_threads(
            change, threads, f"Shipworthy found {count(len(threads), 'thing')} to look at."
        )
    if closings := _closings(change, plan, decisions):
        desk.forge.close_threads(change, closings)


def _closings(change: Change, plan: Plan, decisions: Decisions) -> list[Closing]:
    """What people decided on is closed even where somebody answered: their decision is the last word."""
    if decisions.paused_by is not None:
        return []
    settled = settle(change.threads, decisions)
    decided = {closing.thread.id for closing in settled}
    fixed = [close_fixed(thread, change.head) for thread in plan.close if thread.id not in decided]
    return [*settled, *fixed]
