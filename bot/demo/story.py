"""The demonstration from first commit to second review."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bot.demo.content import GRACE_PERIOD, MISTAKES, healthy_files, with_mistakes
from bot.demo.server import Server, Stuck
from bot.demo.telling import tell_conversations, tell_summary
from bot.demo.workshop import Workshop
from bot.forges.base import ChangeRef, Summary
from bot.forges.local_events import FORGE
from bot.store.database import open_database
from bot.store.local import Conversation, Conversations

REPOSITORY = "orders"
BRANCH = "cheaper-pods"
REVIEW_SECONDS = 60

Say = Callable[[str], None]
_CHANGE = ChangeRef(FORGE, REPOSITORY, 1)


def prepare(folder: Path) -> tuple[Workshop, str]:
    """The repository with its change, and the change's head."""
    workshop = Workshop(folder / REPOSITORY)
    workshop.begin()
    healthy = healthy_files()
    workshop.commit(healthy, "Serve orders")
    workshop.branch(BRANCH)
    return workshop, workshop.commit(
        with_mistakes(healthy, MISTAKES), "Make the pods cheaper and the build newer"
    )


def show_first_review(server: Server, head: str, say: Say) -> None:
    say(f"A change is opened: branch {BRANCH} of a Go service, {len(MISTAKES)} edits in {_touched()} files.")
    summary, seconds = _review(server, "opened", head)
    conversations = _conversations(server)
    say(f"The review is there after {seconds:.1f} s, with {len(conversations)} comments:\n")
    say(tell_conversations(conversations) + "\n")
    say("And the summary:\n")
    say(tell_summary(summary) + "\n")
    if not conversations:
        raise Stuck("the review found nothing to say")


def show_second_review(server: Server, workshop: Workshop, say: Say) -> None:
    before = _conversations(server)
    rest = tuple(mistake for mistake in MISTAKES if mistake is not GRACE_PERIOD)
    head = workshop.commit(with_mistakes(healthy_files(), rest), "Give the pods their time to stop back")
    say(f"One mistake is fixed and pushed: {GRACE_PERIOD.before!r} is back.")
    summary, seconds = _review(server, "updated", head)
    after = _conversations(server)
    resolved = [one for one in after if one.resolved_at]
    say(f"The second review is there after {seconds:.1f} s: [{summary.conclusion}] {summary.title}")
    for one in resolved:
        say(f"  resolved: {one.path}, line {one.line} ({one.rule})")
    say(
        f"  comments before: {len(before)}, posted now: {len(after) - len(before)}, left open: {_open(after)}"
    )
    if len(after) != len(before) or not resolved:
        raise Stuck("the second review should have resolved one comment and posted none")


def _review(server: Server, action: str, head: str) -> tuple[Summary, float]:
    """Deliver the event and wait for the summary of that head."""
    started = time.monotonic()
    about: dict[str, object] = {"repository": REPOSITORY, "number": 1, "base": "main", "head": BRANCH}
    server.deliver({"action": action, "actor": "ann", **about})
    conversations = Conversations(open_database(server.database_url))
    while time.monotonic() < started + REVIEW_SECONDS:
        if found := conversations.summary(_CHANGE.key, head):
            return found[1], time.monotonic() - started
        time.sleep(0.1)
    raise Stuck(f"no review within {REVIEW_SECONDS} s")


def _conversations(server: Server) -> tuple[Conversation, ...]:
    return Conversations(open_database(server.database_url)).of(_CHANGE.key)


def _open(conversations: tuple[Conversation, ...]) -> int:
    return sum(one.resolved_at is None for one in conversations)


def _touched() -> int:
    return len({mistake.path for mistake in MISTAKES})
