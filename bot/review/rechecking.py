"""`recheck`, `resolve`, `pause`, `resume`: when we look at a change, and whether we speak of it."""

from __future__ import annotations

from datetime import timedelta

from bot.forges.base import Level
from bot.review.orders import REFUSED, REVIEWED, Effect, Order

EVERY = timedelta(minutes=1)
"""How often somebody without write access is obeyed."""


def recheck(order: Order) -> Effect:
    """A review of the head as it is now; `full` reads all of it anew."""
    is_limited = order.standing.level < Level.WRITE
    if is_limited and not order.desk.orders.claim(order.key, "recheck", order.delivery, EVERY):
        return REFUSED
    if order.command.argument == "full":
        order.desk.forge.forget(order.change)
    return REVIEWED


def resolve(order: Order) -> Effect:
    """Conversations whose matter is settled are closed, whoever answered in them."""
    return Effect(reviews=True, closes_answered=True)


def pause(order: Order) -> Effect:
    """From now on the check alone speaks; it says at once that it does."""
    order.desk.paused.begin(order.key, order.actor)
    return REVIEWED


def resume(order: Order) -> Effect:
    """What was held back is said now."""
    order.desk.paused.end(order.key)
    return REVIEWED
