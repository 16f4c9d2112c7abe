"""Which earlier remark of ours is about which finding of now.

| match | what is the same                                      | what has happened             |
| ----- | ----------------------------------------------------- | ----------------------------- |
| 1     | the fingerprint                                       | nothing, or lines moved       |
| 2     | rule, file (renamed or not), text of the lines        | an equal line came or went    |
| 3     | rule, text of the lines; its file is not there now    | a push renamed the file       |
| 4     | rule, file, line within 3; what was there is outdated | the line was edited           |

An earlier row goes first, the nearest line before one further away. Beyond the first row a remark is about
one finding at most and a finding has one remark at most, so no two findings of a rule are taken for one.
Matched that way are introduced findings only: what the base has is not what we spoke of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.forges.base import Thread
from bot.review.lines import digest_lines
from bot.review.placement import OnLine, Placed
from bot.store.posted import Posting

NEAR = 3
"""Lines that an edited line may have moved."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something we said on the change: as the forge shows it, as we remember it, mostly both."""

    thread: Thread | None = None
    posting: Posting | None = None

    @property
    def fingerprint(self) -> str:
        """The finding it was written about."""
        return self._known.fingerprint

    @property
    def rule(self) -> str:
        return self._known.rule

    @property
    def path(self) -> str:
        """The finding's file; where we remember nothing, the comment's."""
        return self.posting.path if self.posting else self._known.path

    @property
    def lines(self) -> str:
        """The digest of what it flagged; empty where we remember nothing."""
        return self.posting.lines if self.posting else ""

    @property
    def is_open(self) -> bool:
        return self.thread is not None and not self.thread.is_resolved

    @property
    def is_settled(self) -> bool:
        """We closed it ourselves."""
        return self.thread is not None and self.thread.is_closed_by_us

    @property
    def _known(self) -> Thread | Posting:
        known = self.thread or self.posting
        if known is None:
            raise ValueError("a remark is shown or remembered")
        return known


@dataclass(frozen=True, slots=True)
class Moves:
    """Where files went: `renames` from base to head, and the head's paths, None where they are not known."""

    renames: Mapping[str, str] = field(default_factory=dict)
    paths: Collection[str] | None = None

    def follow(self, path: str) -> str:
        return self.renames.get(path, path)

    def is_gone(self, path: str) -> bool:
        return self.paths is not None and self.follow(path) not in self.paths


Own = Mapping[str, Sequence[Remark]]
"""The remarks about each finding, by its fingerprint."""


def gather(threads: Sequence[Thread], posted: Mapping[str, Posting]) -> tuple[Remark, ...]:
    """All that we said: what the forge shows, and what we remember beyond it."""
    shown = [Remark(thread, _posting_of(thread, posted)) for thread in threads]
    found = {remark.fingerprint for remark in shown if remark.posting}
    return (*shown, *(Remark(None, one) for name, one in posted.items() if name not in found))


def assign(
    remarks: Sequence[Remark],
    placed: Sequence[Placed],
    present: Collection[str],
    moves: Moves,
    sources: Mapping[str, str],
) -> Own:
    """The remarks by the finding they are about. `present` are the fingerprints of all findings of now."""
    own: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.fingerprint in present:
            own.setdefault(remark.fingerprint, []).append(remark)
    left = [one for one in remarks if one.fingerprint not in present]
    matcher = _Matcher(moves, sources)
    for distance in (matcher.same_text, matcher.moved_file, matcher.edited_line):
        free = [entry for entry in placed if entry.finding.fingerprint not in own]
        for entry, remark in _nearest_first(free, left, distance):
            own[entry.finding.fingerprint] = [remark]
            left.remove(remark)
    return own


def _posting_of(thread: Thread, posted: Mapping[str, Posting]) -> Posting | None:
    """What we closed is settled: what we remember then is a later comment about the same finding."""
    posting = posted.get(thread.fingerprint)
    return posting if posting and posting.head == thread.head and not thread.is_closed_by_us else None


Distance = Callable[[Placed, Remark], int | None]


def _nearest_first(
    free: Iterable[Placed], remarks: Sequence[Remark], distance: Distance
) -> Iterator[tuple[Placed, Remark]]:
    """Pairs, none with a part of another."""
    found = [
        (far, place, number, entry, remark)
        for place, entry in enumerate(free)
        for number, remark in enumerate(remarks)
        if entry.finding.rule == remark.rule and (far := distance(entry, remark)) is not None
    ]
    taken: set[int] = set()
    answered: set[int] = set()
    for _, place, number, entry, remark in sorted(found, key=lambda pair: pair[:3]):
        if place not in answered and number not in taken:
            answered.add(place)
            taken.add(number)
            yield entry, remark


@dataclass(frozen=True, slots=True)
class _Matcher:
    """How far a finding is from what a remark spoke of, in lines; None where it cannot be the same."""

    moves: Moves
    sources: Mapping[str, str]

    def same_text(self, entry: Placed, remark: Remark) -> int | None:
        is_there = self.moves.follow(remark.path) == entry.finding.at.path
        return self._gap(entry, remark) if is_there and self._has_text(entry, remark) else None

    def moved_file(self, entry: Placed, remark: Remark) -> int | None:
        is_gone = self.moves.is_gone(remark.path)
        return self._gap(entry, remark) if is_gone and self._has_text(entry, remark) else None

    def edited_line(self, entry: Placed, remark: Remark) -> int | None:
        thread = remark.thread
        if thread is None or thread.is_resolved or thread.line is not None or thread.first_line is None:
            return None
        path = self.moves.follow(thread.path)
        gaps = [abs(thread.first_line - line) for place, line in _places(entry) if place == path]
        return min((gap for gap in gaps if gap <= NEAR), default=None)

    def _has_text(self, entry: Placed, remark: Remark) -> bool:
        return bool(remark.lines) and remark.lines == digest_lines(entry.finding, self.sources)

    def _gap(self, entry: Placed, remark: Remark) -> int:
        line = remark.thread.line or remark.thread.first_line if remark.thread else None
        return min(abs(line - one) for _, one in _places(entry)) if line else 0


def _places(entry: Placed) -> list[tuple[str, int]]:
    """Where a comment about it may stand."""
    places = [(entry.finding.at.path, entry.finding.at.line)]
    if isinstance(entry.spot, OnLine):
        places.append((entry.spot.path, entry.spot.line))
    return places
