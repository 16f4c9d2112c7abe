"""What we said earlier against what there is to say now: the rows are conversations and findings.

| earlier conversation                  | the finding now | what is done                       |
| ------------------------------------- | --------------- | ---------------------------------- |
| none                                  | introduced      | a new one                          |
| open                                  | still there     | nothing: no edit, no notification  |
| open                                  | gone or ignored | closed                             |
| open, somebody replied                | gone or ignored | left to the people in it           |
| open, its files not all read          | not seen        | nothing: not seen is not gone      |
| resolved, finding there last time too | still there     | nothing: a person has dismissed it |
| resolved, finding gone last time      | back again      | a new one                          |

Forges do not all tell who resolved a conversation, so who did it is never asked: what decides is
whether the previous review of the change saw the finding. Without a previous review on record a
resolved conversation counts as dismissed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzers.finding import Note, Report, Status
from bot.forges.base import Thread
from bot.review.placement import Placed

_ASKING = "vulnerable-"
"""What the rules' names begin with that judge by the vulnerability database."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every placed finding is in just one of the first four."""

    open: tuple[Placed, ...]
    """Gets a conversation of its own now."""
    keep: tuple[Placed, ...] = ()
    """Has one that stands open."""
    dismissed: tuple[Placed, ...] = ()
    """Had one, which a person resolved."""
    held_back: tuple[Placed, ...] = ()
    """Gets none: the summary says it."""
    close: tuple[Thread, ...] = ()


def reconcile(
    placed: Iterable[Placed],
    threads: Sequence[Thread],
    report: Report,
    seen_before: Collection[str] | None = None,
) -> Plan:
    """What is to be opened, kept and closed. `seen_before` are the fingerprints the previous review found."""
    earlier = _by_fingerprint(threads)
    fresh, keep, dismissed = list[Placed](), list[Placed](), list[Placed]()
    for entry in placed:
        own = earlier.get(entry.finding.fingerprint, ())
        if any(not thread.is_resolved for thread in own):
            keep.append(entry)
        elif own and (seen_before is None or entry.finding.fingerprint in seen_before):
            dismissed.append(entry)
        else:
            fresh.append(entry)
    close = tuple(thread for thread in threads if _is_done(thread, report))
    return Plan(tuple(fresh), tuple(keep), tuple(dismissed), close=close)


def _by_fingerprint(threads: Iterable[Thread]) -> Mapping[str, Sequence[Thread]]:
    grouped: dict[str, list[Thread]] = {}
    for thread in threads:
        grouped.setdefault(thread.fingerprint, []).append(thread)
    return grouped


def _is_done(thread: Thread, report: Report) -> bool:
    if thread.is_resolved or thread.has_replies:
        return False
    still_there = (finding for finding in report.findings if finding.status is not Status.IGNORED)
    if any(finding.fingerprint == thread.fingerprint for finding in still_there):
        return False
    return not any(_hides(note, thread) for note in report.notes)


def _hides(note: Note, thread: Thread) -> bool:
    """Whether the finding may be there still, in what could not be judged.

    The comment names every file that has part in the finding. A note on the whole run counts for the
    rule it names, or for those that ask a database which could not be read.
    """
    if not note.path:
        asks = not note.is_failure and thread.rule.startswith(_ASKING)
        return asks or thread.rule in note.reason.split()
    return note.leaves_out and (note.path == thread.path or note.path in thread.body)
