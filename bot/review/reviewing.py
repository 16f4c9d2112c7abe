"""One change reviewed: analysed, placed, compared with what we said earlier, and published."""

from __future__ import annotations

from functools import partial

from analyzers.config_text import describe
from analyzers.files import RepoFiles
from analyzers.finding import Report, Status
from analyzers.reviewing import review as analyse
from analyzers.reviewing import wanted
from analyzers.sources import new_cache
from bot.forges.base import Change
from bot.review.closing import close_fixed
from bot.review.configuration import Configuration, Preview, preview, read_configuration
from bot.review.desk import Desk, Outcome
from bot.review.fates import find_fates
from bot.review.limits import hold_back, limits_for
from bot.review.links import Links
from bot.review.placement import Placed, place
from bot.review.quiet import find_quiet_reason, find_skip_reason
from bot.review.summary import skip, summarise
from bot.review.threads import reconcile
from bot.review.verdict import Digest, count
from bot.review.wording import write_threads
from bot.store.reviews import Record


def review_change(change: Change, desk: Desk, delivery: str) -> Outcome | None:
    """Review an open change as it stands now and remember what came of it; None where it is left alone.

    The review is remembered before its summary leads to its page, and after the comments are posted: whether
    a resolved conversation was dismissed is judged by what the last review had seen.
    """
    base, head = desk.forge.trees(change, wanted)
    configuration = read_configuration(base, head, _touched(change))
    if reason := find_skip_reason(change, configuration.config.skip):
        desk.forge.publish_summary(change, skip(reason))
        return None
    placed, digest = _digest(change, configuration, (base, head), desk, delivery)
    summary = summarise(digest)
    _converse(digest, placed, desk)
    fates = find_fates(digest.plan, change.abilities)
    settings = [(one.name, one.value, one.is_said) for one in describe(configuration.config)]
    desk.reviews.remember(
        digest.links.review_id, Record(change, digest.report, summary, delivery, fates, settings)
    )
    desk.forge.publish_summary(change, summary)
    return Outcome(digest.links.review_id, summary.conclusion, summary.title, digest.plan)


def _digest(
    change: Change,
    configuration: Configuration,
    trees: tuple[RepoFiles, RepoFiles],
    desk: Desk,
    delivery: str,
) -> tuple[tuple[Placed, ...], Digest]:
    """What there is to say, before anything is said."""
    last = desk.reviews.latest(change.ref.key)
    report, foreseen = _analyse(change, configuration, trees, desk)
    comments = configuration.config.comments
    quiet = find_quiet_reason(change, comments, last.head if last else None)
    limits = limits_for(comments, is_quiet=bool(quiet), takes_file_comments=change.abilities.file_comments)
    placed = place(report.of(Status.INTRODUCED), change.files)
    plan = hold_back(reconcile(placed, change.threads, report, last.seen if last else None), limits)
    links = Links(change, desk.public_url, desk.reviews.name(change, delivery))
    baseline = 0 if change.ref.is_queued else _record_baseline(change, report, desk)
    return placed, Digest(change, report, plan, configuration, links, foreseen, baseline, quiet)


def _record_baseline(change: Change, report: Report, desk: Desk) -> int:
    """What the base had: all that is known, and what the change fixes of it."""
    return desk.repositories.record_baseline(change, len(report.of(Status.KNOWN)) + len(report.fixed))


def _converse(digest: Digest, placed: tuple[Placed, ...], desk: Desk) -> None:
    change, plan = digest.change, digest.plan
    if plan.open:
        threads = write_threads(plan, placed, digest.report.sources, digest.links)
        desk.forge.open_threads(
            change, threads, f"Shipworthy found {count(len(threads), 'thing')} to look at."
        )
    if plan.close:
        desk.forge.close_threads(change, [close_fixed(thread, change.head) for thread in plan.close])


def _analyse(
    change: Change, configuration: Configuration, trees: tuple[RepoFiles, RepoFiles], desk: Desk
) -> tuple[Report, Preview | None]:
    """The report, and how the settings that the change brings would alter it."""
    judge = partial(
        analyse,
        *trees,
        renames={file.previous_path: file.path for file in change.files if file.previous_path},
        changed=_touched(change),
        advisories=desk.advisories,
        cache=new_cache(),
    )
    report = judge(configuration.config)
    proposed = configuration.proposed
    if proposed is None:
        return report, None
    same = proposed.finds_the_same_as(configuration.config)
    return report, preview(report, report if same else judge(proposed))


def _touched(change: Change) -> frozenset[str]:
    return frozenset(path for file in change.files for path in (file.path, file.previous_path) if path)
