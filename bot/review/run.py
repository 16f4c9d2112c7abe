"""What is done with a request: a review, an answer, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.errors import Gone
from bot.forges.base import Change, Forge, Request, Trigger
from bot.review.desk import Desk, Outcome
from bot.review.obeying import admit_disobedience, obey
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
    """Say on the change that its review broke, in a summary that blocks nobody; a command is answered."""
    if request.trigger is Trigger.COMMAND:
        admit_disobedience(request, forge, reference)
        return
    forge.publish_summary(forge.change(request.change), apologise(reference))


def _review(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    return review_change(_open_change(request, desk.forge), desk, delivery)


_FLOWS: Mapping[Trigger, Flow] = {
    Trigger.PUSH: _review,
    Trigger.RERUN: _review,
    Trigger.COMMAND: obey,
}


def _open_change(request: Request, forge: Forge) -> Change:
    change = forge.change(request.change)
    if not change.is_open:
        raise Gone("the change is closed")
    return change
