"""What became of each new finding. Nothing is dropped: the numbers add up to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from bot.forges.base import Abilities
from bot.review.limits import companions
from bot.review.threads import Plan


class Fate(StrEnum):
    """Where a reader finds it."""

    COMMENTED = "commented"
    STANDING = "commented earlier"
    DISMISSED = "conversation resolved, problem still there"
    ANNOTATED = "shown beside the diff"
    COMPANION = "listed in a comment"
    LISTED = "listed in the summary only"


def find_fates(plan: Plan, abilities: Abilities) -> Mapping[str, Fate]:
    """By fingerprint."""
    return dict(_fates(plan, abilities))


def tally(plan: Plan, abilities: Abilities) -> Mapping[str, int]:
    """How many are said in which way. They add up to all that the plan has."""
    annotated = len(plan.held_back) if abilities.annotations else 0
    counted = {
        "commented": len(plan.open) + len(plan.keep),
        "shown beside the diff": annotated,
        "dismissed by people": len(plan.dismissed),
        "listed here only": len(plan.held_back) - annotated,
    }
    return {words: number for words, number in counted.items() if number}


def _fates(plan: Plan, abilities: Abilities) -> Iterator[tuple[str, Fate]]:
    for entry in plan.held_back:
        yield entry.finding.fingerprint, Fate.ANNOTATED if abilities.annotations else Fate.LISTED
    for entry in plan.keep:
        yield entry.finding.fingerprint, Fate.STANDING
    for entry in plan.dismissed:
        yield entry.finding.fingerprint, Fate.DISMISSED
    for entry in plan.open:
        yield entry.finding.fingerprint, Fate.COMMENTED
        for other in companions(entry, plan):
            yield other.finding.fingerprint, Fate.COMPANION
