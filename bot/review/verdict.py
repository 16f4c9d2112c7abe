"""What a review comes to: its conclusion and the one line that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.config import CONFIG_PATH, Config
from analyzers.finding import Finding, Note, Report, Severity, Status
from bot.forges.base import Change, Conclusion
from bot.review.configuration import Configuration, Preview
from bot.review.links import Links
from bot.review.threads import Plan


@dataclass(frozen=True)
class Digest:
    """All that a summary is made of."""

    change: Change
    report: Report
    plan: Plan
    configuration: Configuration
    links: Links
    preview: Preview | None = None
    """What changed settings would make of it, where they would count."""
    baseline: int = 0
    """How many problems the repository had when this change brought us there; 0 on all other changes."""
    quiet_reason: str = ""
    """Why nothing new is said beside the diff."""
    is_paused: bool = False
    """A person wants quiet: the others are told, also where nothing is held back by it."""

    @property
    def config(self) -> Config:
        return self.configuration.config

    @property
    def new(self) -> tuple[Finding, ...]:
        return tuple(sorted(self.report.of(Status.INTRODUCED), key=lambda finding: finding.severity.rank))

    @property
    def touched(self) -> frozenset[str]:
        """The paths of the change."""
        return frozenset(file.path for file in self.change.files)

    def is_news(self, note: Note) -> bool:
        """A file the change leaves alone may stay unreadable for ever; one that it touches must be said."""
        return not note.path or note.path in self.touched

    @property
    def was_seen_whole(self) -> bool:
        unseen = any(note.is_failure and self.is_news(note) for note in self.report.notes)
        return not unseen and not self.change.files_left_out

    @property
    def is_relevant(self) -> bool:
        """Whether the change touches anything that is looked at, or did when we spoke of it."""
        return self.report.changed_files > 0 or bool(self.change.threads) or not self.was_seen_whole

    @property
    def is_first_look(self) -> bool:
        """Whether there is a baseline to speak of."""
        return self.baseline > 0 and bool(self.report.of(Status.KNOWN))

    @property
    def meets_old_trouble(self) -> bool:
        """At first look, more than notes: a repository in order is not greyed by having us let in."""
        known = self.report.of(Status.KNOWN)
        return self.is_first_look and any(finding.severity.reaches(Severity.WARNING) for finding in known)


def conclude(digest: Digest) -> Conclusion:
    """Failure from `fail_on` upwards or where the change breaks the settings; success only for what was seen
    whole. Neutral is what lies between: it blocks nobody."""
    if _fails(digest) and not digest.config.never_fails:
        return Conclusion.FAILURE
    if _is_troubled(digest) or digest.meets_old_trouble:
        return Conclusion.NEUTRAL
    return Conclusion.SUCCESS if digest.is_relevant else Conclusion.SKIPPED


def is_old_news(digest: Digest) -> bool:
    """Whether nothing but what the repository had before keeps the change from success."""
    return digest.meets_old_trouble and not _is_troubled(digest)


def title(digest: Digest) -> str:
    """One line for the merge box."""
    report, flaws = digest.report, digest.configuration.new_flaws
    said = [f"{count(len(flaws), 'mistake')} in {CONFIG_PATH}"] if flaws else []
    new = report.of(Status.INTRODUCED)
    said.append(f"{count(len(new), 'new problem')}: {_by_severity(new)}" if new else _nothing_new(digest))
    if report.fixed:
        said.append(f"{len(report.fixed)} fixed")
    if unread := _unread(digest):
        said.append(f"{unread} not analysed")
    return " · ".join(said)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fails(digest: Digest) -> bool:
    threshold = digest.config.fail_on or Severity.ERROR
    return bool(digest.configuration.new_flaws) or any(
        finding.severity.reaches(threshold) for finding in digest.new
    )


def _nothing_new(digest: Digest) -> str:
    report = digest.report
    if digest.meets_old_trouble:
        return f"First look: {count(digest.baseline, 'known problem')}"
    if not digest.is_relevant:
        return "Nothing to check"
    return "No new problems" if report.of(Status.KNOWN) else f"No problems in {count(report.files, 'file')}"


def _is_troubled(digest: Digest) -> bool:
    flawed = digest.configuration.flaws or digest.configuration.new_flaws
    return bool(digest.new or flawed or not digest.was_seen_whole)


def _by_severity(findings: Sequence[Finding]) -> str:
    parts = (
        (sum(finding.severity is severity for finding in findings), severity.value) for severity in Severity
    )
    return ", ".join(count(number, noun) for number, noun in parts if number)


def _unread(digest: Digest) -> int:
    notes = filter(digest.is_news, digest.report.notes)
    return len({note.path for note in notes if note.is_failure and note.path})
