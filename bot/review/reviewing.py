"""One change reviewed: analysed, placed, compared with what we said earlier, and published."""

from __future__ import annotations

from dataclasses import replace

from analyzers.config import CONFIG_PATH, Config
from analyzers.config_file import read_config
from analyzers.finding import Note, Report, Status
from analyzers.reviewing import review as analyse
from analyzers.reviewing import wanted
from bot.forges.base import Change, Closing
from bot.review.closing import close_fixed
from bot.review.decisions import Decisions, heed, read_decisions, settle, tell_pause
from bot.review.desk import Desk, Outcome
from bot.review.limits import Limits, hold_back
from bot.review.links import Links
from bot.review.placement import place
from bot.review.summary import summarise
from bot.review.threads import Plan, reconcile
from bot.review.verdict import Digest, count
from bot.review.wording import write_threads

_PENDING = Note(CONFIG_PATH, "changed settings count from the merge on", is_failure=False)


def review_change(change: Change, desk: Desk, delivery: str) -> Outcome:
    """Review an open change as it stands now, and remember what came of it."""
    last = desk.reviews.latest(change.ref.key)
    decisions = read_decisions(change.ref, desk)
    config, report = examine(change, desk, decisions)
    placed = place(report.of(Status.INTRODUCED), change.files)
    plan = reconcile(placed, change.threads, report, last.seen if last else None)
    plan = hold_back(plan, _limits_for(change, desk.limits, decisions))
    if decisions.paused_by is not None:
        report = replace(report, notes=(*report.notes, tell_pause(decisions.paused_by)))
    links = Links(change, desk.public_url)
    summary = summarise(Digest(change, report, plan, config, links))
    if plan.open:
        threads = write_threads(plan, placed, report.sources, links)
        desk.forge.open_threads(
            change, threads, f"Shipworthy found {count(len(threads), 'thing')} to look at."
        )
    if closings := _closings(change, plan, decisions):
        desk.forge.close_threads(change, closings)
    desk.forge.publish_summary(change, summary)
    review_id = desk.reviews.remember(change, report, summary, delivery)
    return Outcome(review_id, summary.conclusion, summary.title, plan)


def examine(change: Change, desk: Desk, decisions: Decisions) -> tuple[Config, Report]:
    """What there is to say of a change, after what people have said.

    The settings are the base's: a change does not decide how it is judged.
    """
    base, head = desk.forge.trees(change, wanted)
    config, problems = read_config(base)
    changed = {path for file in change.files for path in (file.path, file.previous_path) if path}
    notes = list(problems)
    if CONFIG_PATH in changed:
        notes = [*read_config(head)[1], _PENDING]
    report = analyse(
        base,
        head,
        config,
        renames={file.previous_path: file.path for file in change.files if file.previous_path},
        changed=changed,
        advisories=desk.advisories,
    )
    report = heed(report, decisions.dismissals, decisions.accepted)
    return config, replace(report, notes=(*notes, *report.notes))


def _closings(change: Change, plan: Plan, decisions: Decisions) -> list[Closing]:
    """What people decided on is closed even where somebody answered: their decision is the last word."""
    if decisions.paused_by is not None:
        return []
    settled = settle(change.threads, decisions)
    decided = {closing.thread.id for closing in settled}
    fixed = [close_fixed(thread, change.head) for thread in plan.close if thread.id not in decided]
    return [*settled, *fixed]


def _limits_for(change: Change, limits: Limits, decisions: Decisions) -> Limits:
    """Looked at but not talked into are drafts, a merge queue's trials, and where quiet was asked for."""
    is_quiet = change.is_draft or change.ref.is_queued or decisions.paused_by is not None
    conversations = 0 if is_quiet else limits.conversations
    return replace(limits, conversations=conversations, file_comments=change.abilities.file_comments)
