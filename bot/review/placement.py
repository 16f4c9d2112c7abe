"""Where each introduced finding is said: on a line of the diff, on a file of it, or in the summary alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzers.finding import Finding, Location
from analyzers.parsers.position import Span
from bot.forges.base import FileDiff
from bot.review.diff import Diff, Hunk, parse_patch

MAX_STRETCH = 1_000
"""Lines of a long place that are looked at, from its end, for one that the diff shows."""

NEIGHBOURHOOD = 10
"""Lines around a partner's place in which a change is taken to be about it."""


@dataclass(frozen=True, slots=True)
class OnLine:
    """A line of the head that the diff shows. `start` is the first line of the stretch that ends there."""

    path: str
    line: int
    start: int
    hunk: Hunk

    def overlaps(self, other: OnLine) -> bool:
        return self.path == other.path and self.start <= other.line and other.start <= self.line


@dataclass(frozen=True, slots=True)
class OnFile:
    """A file of the diff, none of whose shown lines will do."""

    path: str


@dataclass(frozen=True, slots=True)
class InSummary:
    """Nowhere in the diff."""


Spot = OnLine | OnFile | InSummary


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and its spot. `at` is the place that the spot stands for: the finding's own, a partner's, or
    where the change seems to have caused it."""

    finding: Finding
    spot: Spot
    at: Location
    is_cause: bool = False
    """The spot is none of the finding's places: the change there seems to have caused it."""


def place(findings: Iterable[Finding], files: Sequence[FileDiff]) -> tuple[Placed, ...]:
    """A spot for every finding, in the given order; none is dropped.

    Best is an added line: the finding's own, or that of a partner, so that the comment stands on the
    line which caused the mistake. Next is a line the diff shows around the change, then the nearest
    place where lines were taken out, or where a partner's file changed, then the file.
    """
    diffs = {file.path: parse_patch(file.patch) for file in files if file.status != "removed"}
    return tuple(_place(finding, diffs) for finding in findings)


def _place(finding: Finding, diffs: Mapping[str, Diff]) -> Placed:
    for at, spot in _candidates(finding, diffs):
        return Placed(finding, spot, at)
    for spot in _causes(finding, diffs):
        line = Span(spot.line, 1, spot.line, 1)
        return Placed(finding, spot, Location(spot.path, line), is_cause=True)
    elsewhere = OnFile(finding.at.path) if finding.at.path in diffs else InSummary()
    return Placed(finding, elsewhere, finding.at)


def _candidates(finding: Finding, diffs: Mapping[str, Diff]) -> Iterator[tuple[Location, OnLine]]:
    """The lines that could carry the comment, the best first."""
    for at in (finding.at, *(partner.at for partner in finding.related)):
        spot = _on_line(at, diffs)
        if spot and touches_added(spot):
            yield at, spot
    if spot := _on_line(finding.at, diffs):
        yield finding.at, spot


def _causes(finding: Finding, diffs: Mapping[str, Diff]) -> Iterator[OnLine]:
    """Where lines went without others in their place, or changed around a partner; the nearest first."""
    found = [
        (abs(line - at.line), OnLine(at.path, line, line, hunk))
        for at in (finding.at, *(partner.at for partner in finding.related))
        for hunk in (diffs[at.path].hunks if at.path in diffs else ())
        for line in (*hunk.removals, *(_around(at, hunk) if at.path != finding.at.path else ()))
    ]
    yield from (spot for _, spot in sorted(found, key=lambda entry: entry[0]))


def _around(at: Location, hunk: Hunk) -> Iterator[int]:
    return (line for line in hunk.added if abs(line - at.line) <= NEIGHBOURHOOD)


def _on_line(at: Location, diffs: Mapping[str, Diff]) -> OnLine | None:
    """The lines of `at` if one hunk shows them all, else the last of them that is shown."""
    diff = diffs.get(at.path)
    if diff is None:
        return None
    start, end = at.span.line, last_line(at)
    line = next(
        (line for line in range(end, max(start, end - MAX_STRETCH) - 1, -1) if diff.hunk_at(line)), start
    )
    hunk = diff.hunk_at(line)
    if hunk is None:
        return None
    return OnLine(at.path, line, start if line == end and hunk.spans(start, end) else line, hunk)


def last_line(at: Location) -> int:
    """A span that ends before the first character of a line has nothing on that line."""
    span = at.span
    return span.end_line - 1 if span.end_column <= 1 and span.end_line > span.line else span.end_line


def touches_added(spot: OnLine) -> bool:
    """Whether one of the spot's lines is new."""
    return any(spot.hunk.head_rows[line].sign == "+" for line in range(spot.start, spot.line + 1))
