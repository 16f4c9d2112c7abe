"""What is done with a request: a review, an answer, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from bot.errors import Gone
from bot.forges.base import Change, Conclusion, Forge, Request, Trigger
from bot.review.desk import Desk, Outcome
from bot.review.listening import count_votes, hear_of_thread
from bot.review.obeying import admit_disobedience, obey
from bot.review.orders import Right
from bot.review.reviewing import review_change
from bot.review.summary import apologise

_AWAITED = frozenset({Trigger.PUSH, Trigger.RERUN, Trigger.MERGE})
"""What ends in a verdict."""

Flow = Callable[[Request, Desk, str], Outcome | None]


def answer(request: Request, desk: Desk, delivery: str = "") -> Outcome | None:
    """Do what a request asks for; None where no review came of it.

    May be called again for the same request, after a crash say: what was posted is found and kept.
    Raises TryLater, Gone and NotAllowed as the forge does, Gone also for a closed change.
    """
    flow = _FLOWS.get(request.trigger)
    return flow(request, desk, delivery) if flow else None


def admit_failure(request: Request, desk: Desk, reference: str) -> None:
    """Say on the change that its review broke; a command is answered.

    Nobody waits for a word where nothing was to be reviewed, or nothing is left to be.
    """
    if request.trigger is Trigger.COMMAND:
        admit_disobedience(request, desk.forge, reference)
    if request.trigger not in _AWAITED or not request.change.number:
        return
    change = desk.forge.change(request.change)
    if change.is_open:
        last = desk.reviews.latest(change.ref.key)
        has_failed = last is not None and (last.head, last.conclusion) == (change.head, Conclusion.FAILURE)
        desk.forge.publish_summary(change, apologise(reference, has_failed=has_failed))


def _review(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    return review_change(_open_change(request, desk.forge), desk, delivery)


def _rerun(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    """The check of one change anew, or those of all changes that have the commit as their head.

    Who may press the button is for the forge to say; we ask for no less than `/recheck` does.
    """
    if request.change.number:
        return _review(request, desk, delivery) if _may_rerun(request, desk) else None
    asked = [
        replace(request, change=change) for change in desk.reviews.changes_at(request.change, request.head)
    ]
    outcomes = []
    for one in asked:
        with suppress(Gone):
            outcomes.append(_rerun(one, desk, delivery))
    if not outcomes:
        raise Gone("no open change that we reviewed has this head")
    return outcomes[-1]


def _may_rerun(request: Request, desk: Desk) -> bool:
    return not request.actor or Right.TRIAGER.covers(desk.forge.standing(request))


_FLOWS: Mapping[Trigger, Flow] = {
    Trigger.PUSH: _review,
    Trigger.RERUN: _rerun,
    Trigger.MERGE: _review,
    Trigger.COMMAND: obey,
    Trigger.THREAD: hear_of_thread,
    Trigger.CLOSED: count_votes,
}


def _open_change(request: Request, forge: Forge) -> Change:
    change = forge.change(request.change)
    if not change.is_open:
        raise Gone("the change is closed")
    return change
