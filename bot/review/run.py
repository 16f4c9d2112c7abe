"""What is done with a request: a review, an answer, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.errors import Gone
from bot.forges.base import Change, Forge, Level, Reaction, Request, Trigger
from bot.review.commands import find_commands
from bot.review.desk import Desk, Outcome
from bot.review.listening import count_votes, hear_of_thread
from bot.review.reviewing import review_change
from bot.review.summary import apologise

Flow = Callable[[Request, Desk, str], Outcome | None]


def answer(request: Request, desk: Desk, delivery: str = "") -> Outcome | None:
    """Do what a request asks for; None where no review came of it.

    May be called again for the same request, after a crash say: what was posted is found and kept.
    Raises TryLater, Gone and NotAllowed as the forge does, Gone also for a closed change.
    """
    flow = _FLOWS.get(request.trigger)
    return flow(request, desk, delivery) if flow else None


def admit_failure(request: Request, forge: Forge, reference: str) -> None:
    """Say on the change that its review broke, in a summary that blocks nobody."""
    forge.publish_summary(forge.change(request.change), apologise(reference))


def _review(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    return review_change(_open_change(request, desk.forge), desk, delivery)


def _obey(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    if not _is_accepted(request, desk.forge):
        return None
    outcome = _review(request, desk, delivery)
    desk.forge.react(request, Reaction.DONE)
    return outcome


_FLOWS: Mapping[Trigger, Flow] = {
    Trigger.PUSH: _review,
    Trigger.RERUN: _review,
    Trigger.COMMAND: _obey,
    Trigger.THREAD: hear_of_thread,
    Trigger.CLOSED: count_votes,
}


def _is_accepted(request: Request, forge: Forge) -> bool:
    commands = find_commands(request.comment.body if request.comment else request.order)
    if not commands:
        return False
    accepted = any(command.name == "recheck" for command in commands) and _may_order(request, forge)
    forge.react(request, Reaction.SEEN if accepted else Reaction.REFUSED)
    return accepted


def _may_order(request: Request, forge: Forge) -> bool:
    standing = forge.standing(request)
    return standing.is_author or standing.level >= Level.WRITE


def _open_change(request: Request, forge: Forge) -> Change:
    """Whoever orders something on a closed change is told no, not left with the sign that we saw it."""
    change = forge.change(request.change)
    if not change.is_open:
        if request.trigger is Trigger.COMMAND:
            forge.react(request, Reaction.REFUSED)
        raise Gone("the change is closed")
    return change
