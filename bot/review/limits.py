"""How much we say at once: few comments, the worst first, the rest in the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analyzers.config import Comments, Filter
from analyzers.finding import Location, Severity
from bot.review.placement import InSummary, OnFile, Placed, touches_added
from bot.review.threads import Plan


@dataclass(frozen=True, slots=True)
class Limits:
    """Counted are the conversations of ours that stand open on a change, old and new together."""

    conversations: int = 10
    per_rule: int = 3
    minimum: Severity = Severity.WARNING
    """What is milder than this gets no conversation."""
    filter: Filter = Filter.FILE
    """Where a conversation may stand."""


def limits_for(comments: Comments, *, is_quiet: bool, takes_file_comments: bool) -> Limits:
    """A repository's wishes, bounded by what the forge can do. Quiet means no new conversation at all."""
    wished = comments.filter
    return Limits(
        conversations=0 if is_quiet else comments.max_inline,
        per_rule=comments.max_per_rule,
        minimum=comments.min_severity,
        filter=wished if takes_file_comments else min(wished, Filter.DIFF_CONTEXT, key=list(Filter).index),
    )


def hold_back(plan: Plan, limits: Limits) -> Plan:
    """The plan with what passes the limits moved from `open` to `held_back`. The order stays."""
    chosen = set(_choose(plan.open, plan.keep, limits))
    return replace(
        plan,
        open=tuple(entry for entry in plan.open if entry.finding.fingerprint in chosen),
        held_back=tuple(entry for entry in plan.open if entry.finding.fingerprint not in chosen),
    )


def companions(entry: Placed, plan: Plan) -> tuple[Placed, ...]:
    """What is held back of the same kind, for the last of its new comments to list; else nothing."""
    if entry != [other for other in plan.open if is_alike(other, entry)][-1]:
        return ()
    return tuple(other for other in plan.held_back if is_alike(other, entry))


def is_alike(one: Placed, other: Placed) -> bool:
    """Whether both have the same problem: a rule may also have a milder one, with other words for it."""
    return (one.finding.rule, one.finding.severity) == (other.finding.rule, other.finding.severity)


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
    return limits.filter.admits(_needed(entry))


def _needed(entry: Placed) -> Filter:
    """The narrowest filter that lets it pass."""
    if not isinstance(entry.spot, OnFile | InSummary) and (entry.is_cause or touches_added(entry.spot)):
        return Filter.ADDED
    return Filter.FILE if isinstance(entry.spot, OnFile) else Filter.DIFF_CONTEXT
