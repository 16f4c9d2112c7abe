"""What a review comes to: its conclusion and the one line that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.config import Config
from analyzers.finding import Finding, Report, Severity, Status
from bot.forges.base import Change, Conclusion
from bot.review.links import Links
from bot.review.threads import Plan


@dataclass(frozen=True)
class Digest:
    """All that a summary is made of."""

    change: Change
    report: Report
    plan: Plan
    config: Config
    links: Links

    @property
    def new(self) -> tuple[Finding, ...]:
        return tuple(sorted(self.report.of(Status.INTRODUCED), key=lambda finding: finding.severity.rank))


def conclude(digest: Digest) -> Conclusion:
    """Failure from `fail_on` upwards, neutral below it and where the change was not seen whole."""
    threshold = digest.config.fail_on or Severity.ERROR
    if any(finding.severity.reaches(threshold) for finding in digest.new) and not digest.config.never_fails:
        return Conclusion.FAILURE
    if digest.new or not _was_seen_whole(digest):
        return Conclusion.NEUTRAL
    return Conclusion.SUCCESS if digest.report.files else Conclusion.SKIPPED


def title(report: Report) -> str:
    """One line for the merge box."""
    if not report.files and not report.notes:
        return "Nothing to check"
    new = report.of(Status.INTRODUCED)
    said = [f"{count(len(new), 'new problem')}: {_by_severity(new)}" if new else _nothing_new(report)]
    if report.fixed:
        said.append(f"{len(report.fixed)} fixed")
    if unread := _unread(report):
        said.append(f"{unread} not analysed")
    return " · ".join(said)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _nothing_new(report: Report) -> str:
    return (
        f"No problems in {count(report.files, 'file')}" if not report.of(Status.KNOWN) else "No new problems"
    )


def _by_severity(findings: Sequence[Finding]) -> str:
    parts = (
        (sum(finding.severity is severity for finding in findings), severity.value) for severity in Severity
    )
    return ", ".join(count(number, noun) for number, noun in parts if number)


def _unread(report: Report) -> int:
    return len({note.path for note in report.notes if note.is_failure and note.path})


def _was_seen_whole(digest: Digest) -> bool:
    """A file the change leaves alone may stay unreadable for ever; one that it touches must be said."""
    touched = {file.path for file in digest.change.files} | {""}
    unseen = any(note.is_failure and note.path in touched for note in digest.report.notes)
    return not unseen and not digest.change.files_left_out
