"""What became of each new finding. Nothing is dropped: the numbers add up to all of them."""

from __future__ import annotations

from collections import Counter
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


_WORDS: dict[Fate, str] = {
    Fate.COMMENTED: "commented",
    Fate.STANDING: "commented",
    Fate.ANNOTATED: "shown beside the diff",
    Fate.COMPANION: "listed in a comment",
    Fate.DISMISSED: "dismissed by people",
    Fate.LISTED: "listed here only",
}


def tally(plan: Plan, abilities: Abilities) -> Mapping[str, int]:
    """How many are said in which way. They add up to all that the plan has."""
    words = _WORDS | ({Fate.COMPANION: _WORDS[Fate.ANNOTATED]} if abilities.annotations else {})
    said = Counter(words[fate] for fate in find_fates(plan, abilities).values())
    return {one: said[one] for one in dict.fromkeys(_WORDS.values()) if said[one]}


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
