"""`accept`: what a change brings is known from now on, in the whole repository."""

from __future__ import annotations

from analyzers.finding import Status
from bot.review.decisions import read_decisions
from bot.review.examining import examine, gather_material
from bot.review.markdown import readable
from bot.review.orders import MAX_REASON, REVIEWED, Effect, Order, refuse
from bot.store.accepted import Acceptance


def accept(order: Order) -> Effect:
    """All that is new on the change joins the repository's baseline.

    A button accepts what its check shows: pressed beside an older commit, it does nothing.
    """
    if order.request.head and order.request.head != order.change.head:
        return refuse("Nothing was accepted: the change has a newer commit, with a check of its own.")
    decisions = read_decisions(order.change.ref, order.desk)
    material = gather_material(order.change, order.desk)
    report = examine(order.change, material, decisions, order.desk).report
    reason = readable(order.command.argument)[:MAX_REASON]
    new = [
        Acceptance(finding.fingerprint, finding.rule, readable(finding.at.path), order.actor, reason)
        for finding in report.of(Status.INTRODUCED)
    ]
    order.desk.accepted.add(order.change.ref, new)
    return REVIEWED
