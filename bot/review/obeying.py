"""Commands obeyed: rights asked, effects carried out in order, one review and one answer for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.errors import Gone, NotAllowed
from bot.forges.base import Change, Forge, Reaction, Request
from bot.review.command_table import COMMANDS, find_entry
from bot.review.commands import find_commands
from bot.review.desk import Desk, Outcome
from bot.review.markdown import code, readable
from bot.review.markers import answer_marker
from bot.review.orders import REFUSED, Effect, Order, Right
from bot.review.reviewing import review_change
from bot.review.summary import apologise

ANSWERS_EVERY = timedelta(hours=1)
"""How often the same is answered in words on one change."""


def obey(request: Request, desk: Desk, delivery: str) -> Outcome | None:
    """Carry out the commands of a comment or a button; None where no review came of it.

    May be called again for the same request. Raises as the forge does, and Gone where nothing can be
    done since the change is closed.
    """
    commands = find_commands(request.comment.body if request.comment else request.order)
    if not commands:
        return None
    standing = desk.forge.standing(request)
    if standing.is_us:
        return None
    welcome = [one for one in commands if find_entry(one).right.covers(standing)]
    if not welcome:
        desk.forge.react(request, Reaction.REFUSED)
        return None
    desk.forge.react(request, Reaction.SEEN)
    change = desk.forge.change(request.change)
    orders = [Order(one, request, standing, change, desk, delivery) for one in welcome]
    effects = list(map(_carry_out, orders))
    outcome = _review(change, effects, desk, delivery)
    _answer(request, effects, desk.forge, delivery)
    _sign(request, effects, len(welcome) < len(commands), desk.forge)
    if not change.is_open and all(effect.is_refused for effect in effects):
        raise Gone("the change is closed")
    return outcome


def admit_disobedience(request: Request, forge: Forge, reference: str) -> None:
    """Tell who gave a command that we broke on it; where no comment can be written, the check tells."""
    forge.react(request, Reaction.FAILED)
    words = f"Shipworthy could not do this (reference {code(reference)}). Please say it again later."
    try:
        forge.reply(request, f"{words}\n\n{answer_marker(f'{reference}-failed')}")
    except NotAllowed:
        forge.publish_summary(forge.change(request.change), apologise(reference))


def _carry_out(order: Order) -> Effect:
    entry = find_entry(order.command)
    if not order.change.is_open and not entry.on_closed:
        return REFUSED
    return _limited(order, entry.obey(order))


def _limited(order: Order, effect: Effect) -> Effect:
    """The same words are not said again and again: then the sign is all there is."""
    if not effect.words or order.desk.orders.claim(
        order.key, _subject(order, effect), order.delivery, ANSWERS_EVERY
    ):
        return effect
    return replace(effect, words="", is_refused=True)


def _subject(order: Order, effect: Effect) -> str:
    """What counts as the same: for who only reads it is the command, else also what it is about."""
    name = order.command.name if order.command.name in COMMANDS else "what nobody knows"
    if effect.is_refused:
        return f"{name} refused"
    if not Right.TRIAGER.covers(order.standing):
        return name
    about = readable(order.command.argument) or (order.thread.fingerprint if order.thread else "")
    return f"{name} {about}"


def _review(change: Change, effects: Sequence[Effect], desk: Desk, delivery: str) -> Outcome | None:
    if not any(effect.reviews for effect in effects):
        return None
    if any(effect.closes_answered for effect in effects):
        change = replace(change, threads=tuple(replace(one, has_replies=False) for one in change.threads))
    return review_change(change, desk, delivery)


def _answer(request: Request, effects: Sequence[Effect], forge: Forge, delivery: str) -> None:
    words = [effect.words for effect in effects if effect.words]
    if words:
        asked = delivery or (request.comment.id if request.comment else request.order)
        forge.reply(request, "\n\n".join([*words, answer_marker(asked)]))


def _sign(request: Request, effects: Sequence[Effect], is_partly_denied: bool, forge: Forge) -> None:
    if any(not effect.is_refused for effect in effects):
        forge.react(request, Reaction.DONE)
    if is_partly_denied or any(effect.is_refused for effect in effects):
        forge.react(request, Reaction.REFUSED)
