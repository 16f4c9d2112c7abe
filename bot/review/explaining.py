"""`explain`: what a rule looks for and why, in a comment."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.catalogue import find_rules
from bot.review.budget import Block, fit
from bot.review.markdown import unwrap
from bot.review.nearest import nearest_rule
from bot.review.orders import Effect, Order, refuse
from bot.review.wording import WORDS

MAX_BODY = 7_800
"""Bytes, so that the answer with its hidden line stays below 8,000."""
_WHOLE = ("What it finds", "What happens if it stays", "When to ignore it", "Known limits")
_SHORT = ("What happens if it stays",)


def explain(order: Order) -> Effect:
    """The named rule; else that of the conversation; else those of all that the last review found new."""
    name = order.words[0].lower()
    if name and name not in find_rules():
        return refuse(nearest_rule(name))
    rules = [name] if name else _meant(order)
    if not rules:
        return refuse("There is nothing new here to explain. Name a rule: `/shipworthy explain <rule>`.")
    return Effect(explained(rules, order.desk.public_url))


def explained(rules: Iterable[str], public_url: str) -> str:
    """One rule at length, several in short, in the given order."""
    known = [rule for rule in rules if rule in find_rules()]
    sections = _WHOLE if len(known) == 1 else _SHORT
    blocks = [block for rule in known for block in _blocks(rule, sections, public_url)]
    return fit(blocks, "", MAX_BODY)


def _meant(order: Order) -> list[str]:
    if order.thread:
        return [order.thread.rule]
    last = order.desk.reviews.latest(order.change.ref.key)
    return list(last.rules) if last else []


def _blocks(rule: str, sections: Iterable[str], public_url: str) -> Iterable[Block]:
    page = find_rules()[rule].page
    yield Block(f"### {page.title}\n\n{WORDS[page.wording.severity]}: [{rule}]({public_url}/rules/{rule})")
    for heading in sections:
        if text := page.section(heading):
            yield Block(f"**{heading}**\n\n{unwrap(text)}")
