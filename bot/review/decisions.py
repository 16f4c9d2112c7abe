"""What people said about a change's findings, and what becomes of a report by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from analyzers.finding import Finding, Report, Status
from bot.forges.base import ChangeRef, Closing, Thread
from bot.review.closing import settled_body
from bot.review.desk import Desk
from bot.review.markdown import prose
from bot.store.accepted import Acceptance
from bot.store.dismissals import IN_WORDS, Dismissal, Kind

_VERDICTS: Mapping[Kind, str] = {Kind.IGNORED: "ignored by", Kind.FALSE_POSITIVE: "a false positive, says"}


@dataclass(frozen=True, slots=True)
class Decisions:
    """By fingerprint, what was said no to on the change, and what the whole repository knows of."""

    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    accepted: Mapping[str, Acceptance] = field(default_factory=dict)
    paused_by: str | None = None
    """Who wants quiet on the change; None where nobody does."""


def people_key(ref: ChangeRef) -> str:
    """By which it is kept what people say: that of a change holds for its trial merges, too."""
    return replace(ref, is_queued=False).key


def read_decisions(ref: ChangeRef, desk: Desk) -> Decisions:
    """What holds for a change now."""
    key = people_key(ref)
    return Decisions(desk.dismissals.of(key), desk.accepted.of(ref), desk.paused.by(key))


def heed(report: Report, dismissals: Mapping[str, Dismissal], accepted: Mapping[str, Acceptance]) -> Report:
    """The report with new findings ignored that people said no to, and known that they accepted."""
    findings = tuple(_heeded(finding, dismissals, accepted) for finding in report.findings)
    return replace(report, findings=findings)


def settle(threads: Iterable[Thread], decisions: Decisions) -> tuple[Closing, ...]:
    """The open conversations about what people have decided on, closed in their words.

    That somebody answered there does not keep them open: the decision was mostly given in that answer.
    """
    return tuple(
        Closing(replace(thread, has_replies=False), settled_body(thread.body, verdict))
        for thread in threads
        if not thread.is_resolved and (verdict := _verdict(thread.fingerprint, decisions))
    )


def named(actor: str) -> str:
    """A person's name for a text of ours, not yet escaped."""
    return " ".join(actor.split()).replace("`", "") or "somebody"


def _heeded(
    finding: Finding, dismissals: Mapping[str, Dismissal], accepted: Mapping[str, Acceptance]
) -> Finding:
    if finding.status is not Status.INTRODUCED:
        return finding
    dismissal = dismissals.get(finding.fingerprint)
    if dismissal and dismissal.kind in IN_WORDS:
        reason = f"{dismissal.reason} ({_VERDICTS[dismissal.kind]} {named(dismissal.actor)})"
        return replace(finding, status=Status.IGNORED, reason=reason)
    if acceptance := accepted.get(finding.fingerprint):
        return replace(finding, status=Status.KNOWN, reason=f"accepted by {named(acceptance.actor)}")
    return finding


def _verdict(fingerprint: str, decisions: Decisions) -> str:
    """One line of Markdown; empty where nobody has decided."""
    dismissal, acceptance = decisions.dismissals.get(fingerprint), decisions.accepted.get(fingerprint)
    if dismissal and dismissal.kind in IN_WORDS:
        said = "Ignored" if dismissal.kind is Kind.IGNORED else "Called a false positive"
        return f"{said} by {prose(named(dismissal.actor))}: {prose(dismissal.reason)}"
    if not acceptance:
        return ""
    reason = f": {prose(acceptance.reason)}" if acceptance.reason else "."
    return f"Accepted as known by {prose(named(acceptance.actor))}{reason}"
