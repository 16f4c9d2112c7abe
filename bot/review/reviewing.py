"""One change reviewed: analysed, placed, compared with what we said earlier, and published."""

from __future__ import annotations

from dataclasses import replace

from analyzers.config import CONFIG_PATH, Config
from analyzers.config_file import read_config
from analyzers.files import RepoFiles
from analyzers.finding import Note, Report, Status
from analyzers.reviewing import review as analyse
from analyzers.reviewing import wanted
from bot.forges.base import Change
from bot.review.desk import Desk, Outcome
from bot.review.limits import Limits, hold_back
from bot.review.links import Links
from bot.review.placement import place
from bot.review.speaking import recall, retain, speak
from bot.review.summary import summarise
from bot.review.threads import reconcile
from bot.review.verdict import Digest
from bot.review.wording import write_threads

_PENDING = Note(CONFIG_PATH, "changed settings count from the merge on", is_failure=False)


def review_change(change: Change, desk: Desk, delivery: str) -> Outcome:
    """Review an open change as it stands now, and remember what came of it."""
    base, head = desk.forge.trees(change, wanted)
    config, report = _analyse(change, base, head, desk)
    placed = place(report.of(Status.INTRODUCED), change.files)
    plan = reconcile(placed, change.threads, report, recall(change, desk, head))
    plan = hold_back(plan, _limits_for(change, desk.limits))
    links = Links(change, desk.public_url)
    retain(change, desk, plan.learned)
    threads = write_threads(plan, placed, report.sources, links)
    plan = speak(change, desk, plan, threads, report)
    summary = summarise(Digest(change, report, plan, config, links))
    desk.forge.publish_summary(change, summary)
    review_id = desk.reviews.remember(change, report, summary, delivery)
    return Outcome(review_id, summary.conclusion, summary.title, plan)


def _analyse(change: Change, base: RepoFiles, head: RepoFiles, desk: Desk) -> tuple[Config, Report]:
    """The settings are the base's: a change does not decide how it is judged."""
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
    return config, replace(report, notes=(*notes, *report.notes))


def _limits_for(change: Change, limits: Limits) -> Limits:
    """A draft is looked at but not talked into."""
    conversations = 0 if change.is_draft else limits.conversations
    return replace(limits, conversations=conversations, file_comments=change.abilities.file_comments)
