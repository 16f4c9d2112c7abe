"""One change reviewed, from the request to what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analyzers.config import CONFIG_PATH, Config
from analyzers.config_file import read_config
from analyzers.finding import Note, Report, Status
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.reviewing import review as analyse
from analyzers.reviewing import wanted
from bot.errors import Gone
from bot.forges.base import Change, Conclusion, Forge, Reaction, Request, Trigger
from bot.review.commands import find_commands
from bot.review.limits import Limits, hold_back
from bot.review.links import Links
from bot.review.placement import place
from bot.review.summary import apologise, summarise
from bot.review.threads import Plan, reconcile
from bot.review.verdict import Digest, count
from bot.review.wording import write_threads
from bot.store.reviews import PastReview, Reviews

_PENDING = Note(CONFIG_PATH, "changed settings count from the merge on", is_failure=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """What reviews on one forge are made with. `public_url` is without a final slash."""

    forge: Forge
    reviews: Reviews
    public_url: str
    advisories: AdvisoryDatabase | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review came to."""

    review_id: str
    conclusion: Conclusion
    title: str
    plan: Plan


def review(request: Request, desk: Desk, delivery: str = "") -> Outcome | None:
    """Answer a request; None where it asks for nothing that is ours to do.

    May be called again for the same request, after a crash say: what was posted is found and kept.
    Raises TryLater, Gone and NotAllowed as the forge does, Gone also for a closed change.
    """
    if request.trigger is Trigger.COMMAND and not _is_accepted(request, desk.forge):
        return None
    change = _open_change(request, desk.forge)
    outcome = _review(change, desk, desk.reviews.latest(change.ref.key), delivery)
    if request.trigger is Trigger.COMMAND:
        desk.forge.react(request, Reaction.DONE)
    return outcome


def admit_failure(request: Request, forge: Forge, reference: str) -> None:
    """Say on the change that its review broke, in a summary that blocks nobody."""
    forge.publish_summary(forge.change(request.change), apologise(reference))


def _is_accepted(request: Request, forge: Forge) -> bool:
    commands = find_commands(request.comment.body) if request.comment else ()
    if not commands:
        return False
    knows = any(command.name == "recheck" for command in commands)
    accepted = knows and forge.may_command(request)
    forge.react(request, Reaction.SEEN if accepted else Reaction.REFUSED)
    return accepted


def _open_change(request: Request, forge: Forge) -> Change:
    """Whoever orders something on a closed change is told no, not left with the sign that we saw it."""
    change = forge.change(request.change)
    if not change.is_open:
        if request.trigger is Trigger.COMMAND:
            forge.react(request, Reaction.REFUSED)
        raise Gone("the change is closed")
    return change


def _review(change: Change, desk: Desk, last: PastReview | None, delivery: str) -> Outcome:
    config, report = _analyse(change, desk)
    placed = place(report.of(Status.INTRODUCED), change.files)
    plan = reconcile(placed, change.threads, report, last.seen if last else None)
    plan = hold_back(plan, _limits_for(change, desk.limits))
    links = Links(change, desk.public_url)
    summary = summarise(Digest(change, report, plan, config, links))
    if plan.open:
        threads = write_threads(plan, placed, report.sources, links)
        desk.forge.open_threads(
            change, threads, f"Shipworthy found {count(len(threads), 'thing')} to look at."
        )
    if plan.close:
        desk.forge.close_threads(change, plan.close)
    desk.forge.publish_summary(change, summary)
    review_id = desk.reviews.remember(change, report, summary, delivery)
    return Outcome(review_id, summary.conclusion, summary.title, plan)


def _analyse(change: Change, desk: Desk) -> tuple[Config, Report]:
    """The settings are the base's: a change does not decide how it is judged."""
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
    return config, replace(report, notes=(*notes, *report.notes))


def _limits_for(change: Change, limits: Limits) -> Limits:
    """A draft is looked at but not talked into."""
    conversations = 0 if change.is_draft else limits.conversations
    return replace(limits, conversations=conversations, file_comments=change.abilities.file_comments)
