"""Findings silenced on one change, and heard again: `ignore`, `false-positive`, `unignore`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from analyzers.catalogue import find_rules
from analyzers.finding import Status
from bot.forges.base import Level
from bot.review.decisions import read_decisions
from bot.review.examining import examine, gather_material
from bot.review.markdown import readable
from bot.review.nearest import nearest_rule
from bot.review.orders import MAX_REASON, REVIEWED, Effect, Order, refuse
from bot.store.dismissals import Dismissal, Kind

_TAKEN_BACK = "taken back"
"""By which a second attempt knows that the first has done it."""


def ignore(order: Order) -> Effect:
    """What a reply's conversation is about, or all that a rule finds new, counts no more on this change."""
    return _silence(order, Kind.IGNORED)


def call_false(order: Order) -> Effect:
    """The same, and counted for those who look after the rules."""
    return _silence(order, Kind.FALSE_POSITIVE)


def unignore(order: Order) -> Effect:
    """The reverse, also of what was accepted as known."""
    rule, _ = order.words
    if rule and rule not in find_rules():
        return refuse(nearest_rule(rule))
    fingerprints = _silent_of(order, rule) if rule else [one for one, _ in _conversation(order)]
    if fingerprints:
        order.desk.orders.claim(order.key, _TAKEN_BACK, order.delivery, timedelta())
    elif not order.desk.orders.is_by(order.key, _TAKEN_BACK, order.delivery):
        return refuse(
            "Nothing was taken back. Reply `/shipworthy unignore` in the conversation, or name a rule "
            "that is ignored here: `/shipworthy unignore <rule>`."
        )
    for fingerprint in fingerprints:
        order.desk.dismissals.remove(order.key, fingerprint)
    order.desk.accepted.remove(order.change.ref, fingerprints)
    return REVIEWED


def _silence(order: Order, kind: Kind) -> Effect:
    rule, rest = order.words
    by_rule = rule in find_rules()
    reason = rest if by_rule else readable(order.command.argument)
    if not by_rule and not _conversation(order):
        return refuse(f"{nearest_rule(rule)} {_how(order)}" if rule else _how(order))
    if not any(map(str.isalnum, reason)):
        return refuse(f"A reason is missing. {_how(order)}")
    found = _found_by(order, rule) if by_rule else _conversation(order)
    if not found:
        return refuse(f"`{rule}` finds nothing new on this change.")
    dismissals = [
        Dismissal(one, kind, name, "", reason[:MAX_REASON], order.actor, _root_of(order, one))
        for one, name in found
    ]
    return _keep(order, dismissals) if _may_silence(order) else _note(order, dismissals)


def _may_silence(order: Order) -> bool:
    """Nobody turns the check of their own change green without write access."""
    standing = order.standing
    return standing.level >= Level.WRITE or (standing.level >= Level.TRIAGE and not standing.is_author)


def _keep(order: Order, dismissals: Iterable[Dismissal]) -> Effect:
    for dismissal in dismissals:
        order.desk.dismissals.add(order.key, dismissal)
    return REVIEWED


def _note(order: Order, dismissals: Iterable[Dismissal]) -> Effect:
    for dismissal in dismissals:
        order.desk.dismissals.hear(order.key, dismissal)
    return Effect("Noted, and counted for the rule. It stands until somebody with write access ignores it.")


def _how(order: Order) -> str:
    name = order.command.name
    return (
        f"Reply `/shipworthy {name} <reason>` in an open conversation of mine, or say "
        f"`/shipworthy {name} <rule> <reason>` for all that a rule finds new on this change."
    )


def _conversation(order: Order) -> list[tuple[str, str]]:
    """Fingerprint and rule of what the order's conversation is about; empty where that is not ours.

    A comment that was struck through bears no marker any more: then it is known by what was said of it.
    """
    if order.thread:
        return [(order.thread.fingerprint, order.thread.rule)]
    comment = order.request.comment
    said = order.desk.dismissals.of(order.key).values()
    return [(one.fingerprint, one.rule) for one in said if comment and one.thread == comment.thread != ""]


def _found_by(order: Order, rule: str) -> list[tuple[str, str]]:
    """What is ignored already is among it: its reason may be said better."""
    decisions = replace(read_decisions(order.change.ref, order.desk), dismissals={})
    material = gather_material(order.change, order.desk)
    new = examine(order.change, material, decisions, order.desk).report.of(Status.INTRODUCED)
    return [(finding.fingerprint, rule) for finding in new if finding.rule == rule]


def _silent_of(order: Order, rule: str) -> list[str]:
    decisions = read_decisions(order.change.ref, order.desk)
    silent: Iterable[tuple[str, str]] = [
        *((one.fingerprint, one.rule) for one in decisions.dismissals.values()),
        *((one.fingerprint, one.rule) for one in decisions.accepted.values()),
    ]
    return [fingerprint for fingerprint, name in silent if name == rule]


def _root_of(order: Order, fingerprint: str) -> str:
    roots = (thread.root for thread in order.change.threads if thread.fingerprint == fingerprint)
    known = order.desk.dismissals.of(order.key).get(fingerprint)
    return next(roots, known.thread if known else "")[:64]
