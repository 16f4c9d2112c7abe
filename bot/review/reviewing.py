"""One change reviewed: analysed, placed, compared with what we said earlier, and published."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.config_text import describe
from analyzers.finding import Report, Status
from bot.forges.base import Change
from bot.review.decisions import Decisions, read_decisions
from bot.review.desk import Desk, Outcome
from bot.review.examining import Examination, Material, examine, gather_material
from bot.review.fates import find_fates
from bot.review.limits import hold_back, limits_for
from bot.review.links import Links
from bot.review.placement import Placed, place
from bot.review.quiet import find_quiet_reason, find_skip_reason
from bot.review.speaking import recall, retain, speak
from bot.review.summary import skip, summarise
from bot.review.threads import Plan, reconcile
from bot.review.verdict import Digest
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
    digest = _converse(_Talk(change, desk, material, read_decisions(change.ref, desk)), delivery)
    summary = summarise(digest)
    fates = find_fates(digest.plan, change.abilities)
    settings = [(one.name, one.value, one.is_said) for one in describe(config)]
    record = Record(change, digest.report, summary, delivery, fates, settings)
    desk.reviews.remember(digest.links.review_id, record)
    desk.forge.publish_summary(change, summary)
    return Outcome(digest.links.review_id, summary.conclusion, summary.title, digest.plan)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What a review knows before it speaks."""

    change: Change
    desk: Desk
    material: Material
    decisions: Decisions


def _converse(talk: _Talk, delivery: str) -> Digest:
    """Say what is to be said on its lines; what is left is told by the summary."""
    change, desk, decisions = talk.change, talk.desk, talk.decisions
    found = examine(change, talk.material, decisions, desk)
    quiet = _quiet_reason(talk)
    placed = place(found.report.of(Status.INTRODUCED), change.files)
    plan = _plan(talk, found, placed, is_quiet=bool(quiet))
    links = Links(change, desk.public_url, desk.reviews.name(change, delivery))
    retain(change, desk, plan.learned)
    threads = write_threads(plan, placed, found.report.sources, links)
    plan = speak(change, desk, plan, threads, found.report, decisions)
    baseline = 0 if change.ref.is_queued else _record_baseline(change, found.report, desk)
    configuration = talk.material.configuration
    return Digest(
        change=change,
        report=found.report,
        plan=plan,
        configuration=configuration,
        links=links,
        preview=found.foreseen,
        baseline=baseline,
        quiet_reason=quiet or plan.refusal,
        is_paused=decisions.paused_by is not None,
    )


def _plan(talk: _Talk, found: Examination, placed: tuple[Placed, ...], *, is_quiet: bool) -> Plan:
    change = talk.change
    comments = talk.material.configuration.config.comments
    limits = limits_for(comments, is_quiet=is_quiet, takes_file_comments=change.abilities.file_comments)
    past = recall(change, talk.desk, talk.material.head)
    return hold_back(reconcile(placed, change.threads, found.report, past), limits)


def _quiet_reason(talk: _Talk) -> str:
    last = talk.desk.reviews.latest(talk.change.ref.key)
    comments = talk.material.configuration.config.comments
    return find_quiet_reason(talk.change, comments, last.head if last else None, talk.decisions.paused_by)


def _record_baseline(change: Change, report: Report, desk: Desk) -> int:
    """What the base had: all that is known, and what the change fixes of it."""
    return desk.repositories.record_baseline(change, len(report.of(Status.KNOWN)) + len(report.fixed))
