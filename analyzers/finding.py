"""What a review says: findings, the places they stand at, the fixes they offer, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from analyzers.parsers.light import light_place, light_value
from analyzers.parsers.position import Span


class Severity(StrEnum):
    """An error breaks, loses requests or leaks; a warning will bite; a note is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    def reaches(self, threshold: Severity) -> bool:
        return self.rank <= threshold.rank


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def lowered(self) -> Confidence:
        """One step less; there is nothing below low."""
        steps = list(Confidence)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]


class Status(StrEnum):
    """What a finding is to the change under review."""

    INTRODUCED = "introduced"
    KNOWN = "known"
    IGNORED = "ignored"


@light_place
class Location:
    """A place in a file of the repository. Lines and columns as in `Span`."""

    path: str
    span: Span

    @property
    def line(self) -> int:
        return self.span.line

    @property
    def start(self) -> Location:
        """Where it begins: a place of one line for what spans many."""
        span = self.span
        return Location(self.path, Span(span.line, span.column, span.line, span.column))

    def part(self, written: str, part: str) -> Location:
        """The place of a part of what is written here; all of it where the part is not plain to see."""
        if "\n" in part or written.count(part) != 1:
            return self
        before = written[: written.index(part)]
        line = self.line + before.count("\n")
        column = len(before) - before.rfind("\n") + (0 if "\n" in before else self.span.column - 1)
        return Location(self.path, Span(line, column, line, column + len(part)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@light_value
class Related:
    """The partner of a finding in another place, with a few words on what it has to do with it."""

    at: Location
    message: str


@light_value
class Edit:
    """Replace whole lines `start_line`..`end_line` (1-based, inclusive) by `text`.

    Empty text deletes; `end_line = start_line - 1` inserts before `start_line`;
    a path the tree lacks is a new file. `text` has no final newline.
    """

    path: str
    start_line: int
    end_line: int
    text: str


@light_value
class Fix:
    """Edits that, applied together, remove the finding.

    No two of them want the same lines. Made from the last line up, and a replacement before what is
    inserted above it, none moves another's lines.
    """

    edits: tuple[Edit, ...]


@light_value
class Finding:
    """One mistake at one place, in words a person reads."""

    rule: str
    severity: Severity
    confidence: Confidence
    at: Location
    message: str
    why: str
    advice: str
    fingerprint: str
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    status: Status = Status.INTRODUCED
    reason: str = ""
    """Why it is ignored, or taken for known, in the words of who decided so."""
    secret: Location | None = None
    """What no report may show of the file."""


@light_value
class Note:
    """Something the review could not do, said instead of kept silent. `path` is empty for the whole run."""

    path: str
    reason: str
    line: int | None = None
    is_failure: bool = True
    """Something was not analysed that should have been; False for a remark."""
    leaves_out: bool = True
    """Findings may be missing because of it: a finding that is gone may not be fixed."""


@light_value
class Report:
    """The outcome of one review. `fixed` are findings the base had and the head has no more."""

    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    files: int = 0
    """How many files were analysed."""
    seconds: float = 0.0
    sources: Mapping[str, str] = field(default_factory=dict)
    """The head's text of each file that carries a finding, for showing the lines."""
    changed_files: int = 0
    """How many files that the change touches were analysed, those it takes away included."""
    related_files: int = 0
    """How many others of the head were."""

    def of(self, status: Status) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.status is status)
