"""How much we say at once: few comments, the worst first, the rest in the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analyzers.finding import Location, Severity
from bot.review.placement import InSummary, OnFile, Placed
from bot.review.threads import Plan


@dataclass(frozen=True, slots=True)
class Limits:
    """Counted are the conversations of ours that stand open on a change, old and new together."""

    conversations: int = 10
    per_rule: int = 3
    minimum: Severity = Severity.WARNING
    """What is milder than this gets no conversation."""
    file_comments: bool = True
    """Whether a conversation may stand on a file as a whole."""


def hold_back(plan: Plan, limits: Limits) -> Plan:
    """The plan with what passes the limits moved from `open` to `held_back`. The order stays."""
    chosen = set(_choose(plan.open, plan.keep, limits))
    return replace(
        plan,
        open=tuple(entry for entry in plan.open if entry.finding.fingerprint in chosen),
        held_back=tuple(entry for entry in plan.open if entry.finding.fingerprint not in chosen),
    )


def companions(entry: Placed, plan: Plan) -> tuple[Placed, ...]:
    """What is held back of the same rule, for the last of its new comments to list; else nothing."""
    of_rule = [other for other in plan.open if other.finding.rule == entry.finding.rule]
    if entry != of_rule[-1]:
        return ()
    return tuple(other for other in plan.held_back if other.finding.rule == entry.finding.rule)


def _choose(fresh: Iterable[Placed], standing: Sequence[Placed], limits: Limits) -> Iterable[str]:
    room = limits.conversations - len(standing)
    of_rule = Counter(entry.finding.rule for entry in standing)
    said = set(map(_cause, standing))
    for entry in sorted(fresh, key=lambda entry: entry.finding.severity.rank):
        rule, cause = entry.finding.rule, _cause(entry)
        if room > 0 and of_rule[rule] < limits.per_rule and cause not in said and _may_stand(entry, limits):
            room -= 1
            of_rule[rule] += 1
            said.add(cause)
            yield entry.finding.fingerprint


def _cause(entry: Placed) -> tuple[str, Location | str]:
    """A partner's line that makes the same mistake in several places gets one conversation."""
    is_partners = entry.at != entry.finding.at
    return entry.finding.rule, entry.at if is_partners else entry.finding.fingerprint


def _may_stand(entry: Placed, limits: Limits) -> bool:
    if isinstance(entry.spot, InSummary) or not entry.finding.severity.reaches(limits.minimum):
        return False
    return limits.file_comments or not isinstance(entry.spot, OnFile)
