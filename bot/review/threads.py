"""What we said earlier against what there is to say now: the rows are remarks of ours and findings.

| what we said earlier                   | the finding now      | what is done                          |
| -------------------------------------- | -------------------- | ------------------------------------- |
| nothing                                | introduced           | a new conversation                    |
| open                                   | still there          | nothing: no edit, no notification     |
| open                                   | gone or ignored      | closed                                |
| open, somebody replied                 | gone or ignored      | left to the people in it              |
| open, its files not all read           | not seen             | nothing: not seen is not gone         |
| dismissed with a command               | still there          | nothing                               |
| resolved by a person                   | still there          | nothing: they have dismissed it       |
| deleted by a person                    | still there          | nothing: they have dismissed it       |
| resolved or deleted by a person        | its lines changed    | a new one: they spoke of other lines  |
| resolved, and opened again             | still there          | nothing, and it counts as open        |
| closed by us, or gone last time        | back again           | a new one                             |
| posted just now, not to be seen yet    | still there          | nothing: forges show some things late |
| perhaps posted, not to be seen yet     | still there          | waited for                            |
| perhaps posted, long not to be seen    | still there          | a new one                             |

Which remark is about which finding, after lines and files have moved, is told in `remarks`. Forges do not
all tell who resolved a conversation. Where one does not, it was a person if the previous review of the
change saw the finding, and also if no review is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from analyzers.finding import Finding, Note, Report, Status
from bot.forges.base import Thread
from bot.review.lines import digest_lines
from bot.review.past import Learned, Past
from bot.review.placement import Placed
from bot.review.remarks import Own, Remark, assign, gather
from bot.store.dismissals import Dismissal, Kind
from bot.store.posted import Posting

_ASKING = "vulnerable-"
"""What the rules' names begin with that judge by the vulnerability database."""

_COMMANDED = (Kind.IGNORED, Kind.FALSE_POSITIVE)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every placed finding is in just one of the first four."""

    open: tuple[Placed, ...]
    """Gets a conversation of its own now."""
    keep: tuple[Placed, ...] = ()
    """Has one that stands open."""
    dismissed: tuple[Placed, ...] = ()
    """A person said no to it."""
    held_back: tuple[Placed, ...] = ()
    """Gets none: the summary says it."""
    close: tuple[Thread, ...] = ()
    awaited: frozenset[str] = frozenset()
    """Of those to be opened, the fingerprints that may have been posted already: wait before it is done."""
    learned: Learned = field(default_factory=Learned)
    refusal: str = ""
    """Why the forge takes no comments of ours, in a sentence of Markdown; empty where it does."""


class _Answer(Enum):
    OPEN = auto()
    AWAIT = auto()
    KEEP = auto()
    DISMISSED = auto()


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is done about one finding, and what is learned from it."""

    entry: Placed
    answer: _Answer
    dismissal: Dismissal | None = None
    lapsed: tuple[str, ...] = ()


def reconcile(
    placed: Sequence[Placed], threads: Sequence[Thread], report: Report, past: Past | None = None
) -> Plan:
    """What is to be opened, kept and closed, and what is to be remembered of it."""
    past = past or Past()
    remarks = gather(threads, past.posted)
    there = {finding.fingerprint for finding in report.findings if not _is_decided(finding)}
    own = assign(remarks, placed, there, past.moves, report.sources)
    verdicts = [_judge(entry, own, report, past) for entry in placed]
    answered = {id(remark) for about in own.values() for remark in about}
    done = [one for one in remarks if id(one) not in answered and not _may_be_there(one, report)]
    return Plan(
        open=_answered(verdicts, _Answer.OPEN, _Answer.AWAIT),
        keep=_answered(verdicts, _Answer.KEEP),
        dismissed=_answered(verdicts, _Answer.DISMISSED),
        close=tuple(one.thread for one in done if one.thread and _is_ours_to_close(one.thread)),
        awaited=frozenset(one.finding.fingerprint for one in _answered(verdicts, _Answer.AWAIT)),
        learned=_learn(verdicts, own, done, report, past),
    )


def _is_decided(finding: Finding) -> bool:
    """Ignored, or accepted as known: no remark of ours is about it any more."""
    return finding.status is Status.IGNORED or bool(finding.reason)


def _answered(verdicts: Iterable[_Verdict], *answers: _Answer) -> tuple[Placed, ...]:
    return tuple(verdict.entry for verdict in verdicts if verdict.answer in answers)


def _judge(entry: Placed, own: Own, report: Report, past: Past) -> _Verdict:
    about = own.get(entry.finding.fingerprint, ())
    lines = digest_lines(entry.finding, report.sources)
    names = dict.fromkeys((entry.finding.fingerprint, *(remark.fingerprint for remark in about)))
    said_no = [past.dismissals[name] for name in names if name in past.dismissals]
    holding = [one for one in said_no if one.lines in ("", lines)]
    if any(one.kind in _COMMANDED for one in holding):
        return _Verdict(entry, _Answer.DISMISSED)
    if any(remark.is_open for remark in about):
        return _Verdict(entry, _Answer.KEEP, lapsed=tuple(one.fingerprint for one in said_no))
    if holding:
        return _Verdict(entry, _Answer.DISMISSED)
    if said_no:
        return _Verdict(entry, _Answer.OPEN, lapsed=tuple(one.fingerprint for one in said_no))
    return _look_for(entry, about, lines, past)


def _look_for(entry: Placed, about: Sequence[Remark], lines: str, past: Past) -> _Verdict:
    """What became of a comment that is not open, when nobody has told us."""
    unseen = [remark.posting for remark in about if remark.thread is None and remark.posting]
    if unseen:
        posting = unseen[-1]
        if past.is_young(posting):
            return _Verdict(entry, _Answer.KEEP if posting.is_landed else _Answer.AWAIT)
        return _dismiss(entry, Kind.DELETED, posting.lines, lines, is_meant=posting.is_landed)
    resolved = [remark for remark in about if not remark.is_settled]
    meant = any(_was_there(entry, remark, past) for remark in resolved)
    known = [remark.lines for remark in resolved if remark.lines]
    return _dismiss(entry, Kind.RESOLVED, known[-1] if known else "", lines, is_meant=meant)


def _dismiss(entry: Placed, kind: Kind, then: str, now: str, *, is_meant: bool) -> _Verdict:
    """A new conversation instead, where the lines have changed since."""
    if not is_meant or then not in ("", now):
        return _Verdict(entry, _Answer.OPEN)
    dismissal = Dismissal(entry.finding.fingerprint, kind, entry.finding.rule, now)
    return _Verdict(entry, _Answer.DISMISSED, dismissal)


def _was_there(entry: Placed, remark: Remark, past: Past) -> bool:
    """Whether the finding was there when the conversation was resolved."""
    if past.seen is None or remark.posting:
        return True
    return entry.finding.fingerprint in past.seen or remark.fingerprint in past.seen


def _learn(
    verdicts: Sequence[_Verdict], own: Own, done: Sequence[Remark], report: Report, past: Past
) -> Learned:
    matched = {remark.fingerprint for about in own.values() for remark in about}
    settled = {remark.fingerprint for remark in done} - matched
    over = [
        name
        for name in sorted(settled & past.dismissals.keys())
        if past.dismissals[name].kind not in _COMMANDED
    ]
    standing = [
        _standing(verdict.entry, remark, report, past)
        for verdict in verdicts
        if verdict.answer is _Answer.KEEP
        for remark in own[verdict.entry.finding.fingerprint]
        if remark.is_open
    ]
    return Learned(
        dismissed=tuple(verdict.dismissal for verdict in verdicts if verdict.dismissal),
        lapsed=(*over, *(name for verdict in verdicts for name in verdict.lapsed)),
        standing=tuple(one for one in standing if past.posted.get(one.fingerprint) != one),
        settled=tuple(sorted(settled & past.posted.keys())),
    )


def _standing(entry: Placed, remark: Remark, report: Report, past: Past) -> Posting:
    """The remark with what it flags now: the dismissal that may come speaks of these lines."""
    return Posting(
        fingerprint=remark.fingerprint,
        rule=remark.rule,
        path=entry.finding.at.path,
        lines=digest_lines(entry.finding, report.sources),
        head=remark.thread.head if remark.thread else "",
        posted_at=remark.posting.posted_at if remark.posting else past.now,
        is_landed=True,
    )


def _is_ours_to_close(thread: Thread) -> bool:
    return not thread.is_resolved and not thread.has_replies


def _may_be_there(remark: Remark, report: Report) -> bool:
    """Whether what could not be judged may hide the finding."""
    return any(_hides(note, remark) for note in report.notes)


def _hides(note: Note, remark: Remark) -> bool:
    """Whether the finding may be there still, in what could not be judged.

    The comment names every file that has part in the finding. A note on the whole run counts for the
    rule it names, or for those that ask a database which could not be read.
    """
    if not note.path:
        asks = not note.is_failure and remark.rule.startswith(_ASKING)
        return asks or remark.rule in note.reason.split()
    names = remark.thread is not None and (note.path == remark.thread.path or note.path in remark.thread.body)
    return note.leaves_out and (note.path == remark.path or names)
