"""Earlier conversations against the findings of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analyzers.finding import Finding, Note, Report, Status
from bot.forges.base import FileDiff, Thread
from bot.review.lines import digest_lines
from bot.review.past import Past
from bot.review.placement import place
from bot.review.threads import Plan, reconcile
from bot.store.dismissals import Dismissal, Kind
from bot.store.posted import Posting
from tests.bot.review.pieces import DOCKERFILE, HEAD, finding, thread

FILES = (FileDiff("Dockerfile", "modified", DOCKERFILE),)


def plan(
    found: list[Finding], threads: list[Thread], notes: tuple[Note, ...] = (), seen: set[str] | None = None
) -> Plan:
    report = Report(tuple(found), notes=notes)
    return reconcile(place(report.of(Status.INTRODUCED), FILES), threads, report, Past(seen))


@pytest.mark.parametrize(
    ("found", "threads", "notes"),
    [
        pytest.param([], [], (), id="nothing at all"),
        pytest.param([finding()], [thread()], (), id="the conversation is open already"),
        pytest.param([finding()], [thread(line=None)], (), id="the conversation is outdated already"),
        pytest.param([finding(status=Status.KNOWN)], [thread()], (), id="the base has the mistake by now"),
        pytest.param([finding()], [thread(is_resolved=True)], (), id="a person resolved it"),
        pytest.param([], [thread(is_resolved=True)], (), id="fixed and resolved before"),
        pytest.param([], [thread(has_replies=True)], (), id="fixed, but people talk there"),
        pytest.param([], [thread()], (Note("Dockerfile", "broken"),), id="its file could not be read"),
        pytest.param(
            [],
            [thread()],
            (Note("Dockerfile", "too large", is_failure=False),),
            id="its file has grown too large",
        ),
        pytest.param(
            [],
            [thread(body="See also: [`go.mod` line 3](x)")],
            (Note("go.mod", "broken"),),
            id="nor its partner",
        ),
        pytest.param(
            [], [thread()], (Note("", "the rule some-rule failed (KeyError: x)"),), id="its rule broke"
        ),
        pytest.param(
            [],
            [replace(thread(), rule="vulnerable-module")],
            (Note("", "the database could not be read", is_failure=False),),
            id="nobody could say whether it is vulnerable still",
        ),
    ],
)
def test_nothing_is_to_be_done(found: list[Finding], threads: list[Thread], notes: tuple[Note, ...]) -> None:
    made = plan(found, threads, notes)

    assert (made.open, made.close) == ((), ())


@pytest.mark.parametrize(
    ("found", "threads", "notes"),
    [
        pytest.param([], [thread()], (), id="the mistake is gone"),
        pytest.param(
            [finding(status=Status.IGNORED)], [thread()], (), id="the mistake is ignored with a reason"
        ),
        pytest.param([], [thread()], (Note("other.yaml", "broken"),), id="another file could not be read"),
        pytest.param(
            [],
            [thread()],
            (Note("Dockerfile", "a hint", is_failure=False, leaves_out=False),),
            id="only a remark on it",
        ),
        pytest.param([], [thread()], (Note("", "the rule another-rule failed"),), id="another rule broke"),
        pytest.param([], [thread()], (Note("", "9 files were left out"),), id="far files were left out"),
        pytest.param(
            [],
            [thread()],
            (Note("", "the database could not be read", is_failure=False),),
            id="no advisories today",
        ),
        pytest.param([finding(fingerprint="11111111")], [thread()], (), id="another mistake took its place"),
    ],
)
def test_the_conversation_is_closed(
    found: list[Finding], threads: list[Thread], notes: tuple[Note, ...]
) -> None:
    assert plan(found, threads, notes).close == tuple(threads)


@pytest.mark.parametrize(
    ("threads", "seen", "opened"),
    [
        pytest.param([thread(is_resolved=True)], None, False, id="resolved, nothing on record"),
        pytest.param([thread(is_resolved=True)], {"0badc0de"}, False, id="resolved while it was there"),
        pytest.param([thread(is_resolved=True)], set(), True, id="fixed in between and back again"),
        pytest.param([thread(is_resolved=True), thread()], set(), False, id="back again and said so already"),
        pytest.param([], {"0badc0de"}, True, id="seen before but never said"),
    ],
)
def test_a_finding_with_a_past(threads: list[Thread], seen: set[str] | None, opened: bool) -> None:
    assert bool(plan([finding()], threads, seen=seen).open) is opened


SOURCES = {"Dockerfile": "FROM golang:1.21\nRUN go build\nUSER app\n"}
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SAME = digest_lines(finding(), SOURCES)


def posting(minutes: int = 60, lines: str = SAME, *, is_landed: bool = True) -> Mapping[str, Posting]:
    """One made so long ago."""
    made = NOW - timedelta(minutes=minutes)
    return {"0badc0de": Posting("0badc0de", "some-rule", "Dockerfile", lines, HEAD, made, is_landed)}


def no(kind: Kind, lines: str = SAME) -> Mapping[str, Dismissal]:
    return {"0badc0de": Dismissal("0badc0de", kind, "some-rule", lines)}


def judged(threads: list[Thread], past: Past) -> Plan:
    report = Report((finding(),), sources=SOURCES)
    return reconcile(place(report.findings, FILES), threads, report, replace(past, now=NOW))


RESOLVED = thread(is_resolved=True)
BY_US = replace(RESOLVED, is_closed_by_us=True)


@pytest.mark.parametrize(
    ("threads", "past", "answer"),
    [
        pytest.param([thread()], Past(posted=posting()), "keep", id="open, as we remember"),
        pytest.param([thread()], Past(), "keep", id="open, nothing remembered"),
        pytest.param([thread()], Past(posted=posting(0)), "keep", id="open, posted just now"),
        pytest.param([thread()], Past(posted=posting(0, is_landed=False)), "keep", id="its answer was lost"),
        pytest.param([thread()], Past(dismissals=no(Kind.RESOLVED)), "keep", id="opened again"),
        pytest.param([thread()], Past(dismissals=no(Kind.IGNORED)), "dismissed", id="open, but ignored"),
        pytest.param([thread()], Past(dismissals=no(Kind.IGNORED, "")), "dismissed", id="ignored for good"),
        pytest.param(
            [thread()], Past(dismissals=no(Kind.IGNORED, "x")), "keep", id="ignored with other lines"
        ),
        pytest.param([], Past(dismissals=no(Kind.IGNORED)), "dismissed", id="ignored before it was said"),
        pytest.param([], Past(dismissals=no(Kind.FALSE_POSITIVE, "x")), "open", id="judged with other lines"),
        pytest.param([RESOLVED], Past(posted=posting()), "dismissed", id="resolved"),
        pytest.param([RESOLVED], Past(set(), posting()), "dismissed", id="resolved, hidden last time"),
        pytest.param([RESOLVED], Past(posted=posting(60, "x")), "open", id="resolved with other lines"),
        pytest.param(
            [RESOLVED], Past(posted=posting(), dismissals=no(Kind.RESOLVED)), "dismissed", id="and remembered"
        ),
        pytest.param(
            [RESOLVED], Past(posted=posting(), dismissals=no(Kind.RESOLVED, "x")), "open", id="as it was then"
        ),
        pytest.param([BY_US], Past(), "open", id="closed by us"),
        pytest.param([BY_US], Past({"0badc0de"}), "open", id="closed by us just before"),
        pytest.param([BY_US], Past(posted=posting(0)), "keep", id="closed by us, a new one to be seen soon"),
        pytest.param([BY_US], Past(posted=posting()), "dismissed", id="closed by us, a new one deleted"),
        pytest.param([], Past(posted=posting(0)), "keep", id="to be seen soon"),
        pytest.param(
            [], Past(posted=posting(0), lag=timedelta()), "dismissed", id="deleted where all is seen at once"
        ),
        pytest.param([], Past(posted=posting(60)), "dismissed", id="deleted"),
        pytest.param([], Past(posted=posting(60, "x")), "open", id="deleted with other lines"),
        pytest.param([], Past(posted=posting(60), dismissals=no(Kind.DELETED)), "dismissed", id="remembered"),
        pytest.param([], Past(posted=posting(0, is_landed=False)), "await", id="perhaps posted just now"),
        pytest.param([], Past(posted=posting(60, is_landed=False)), "open", id="never landed"),
    ],
)
def test_what_is_done_about_a_finding(threads: list[Thread], past: Past, answer: str) -> None:
    made = judged(threads, past)
    found = {"open": made.open, "keep": made.keep, "dismissed": made.dismissed}

    assert [name for name, entries in found.items() if entries] == [answer.replace("await", "open")]
    assert bool(made.awaited) == (answer == "await")


@pytest.mark.parametrize(
    ("threads", "past", "dismissed", "lapsed"),
    [
        pytest.param([thread()], Past(posted=posting()), [], (), id="nothing new"),
        pytest.param([RESOLVED], Past(posted=posting()), [Kind.RESOLVED], (), id="resolved without a word"),
        pytest.param([], Past(posted=posting()), [Kind.DELETED], (), id="deleted"),
        pytest.param([], Past(posted=posting(), dismissals=no(Kind.DELETED)), [], (), id="deleted long ago"),
        pytest.param([thread()], Past(dismissals=no(Kind.RESOLVED)), [], ("0badc0de",), id="opened again"),
        pytest.param(
            [RESOLVED], Past(dismissals=no(Kind.RESOLVED, "x")), [], ("0badc0de",), id="other lines"
        ),
    ],
)
def test_what_is_learned_of_people(
    threads: list[Thread], past: Past, dismissed: list[Kind], lapsed: tuple[str, ...]
) -> None:
    learned = judged(threads, past).learned

    assert [one.kind for one in learned.dismissed] == dismissed
    assert [one.lines for one in learned.dismissed] == [SAME] * len(dismissed)
    assert learned.lapsed == lapsed


@pytest.mark.parametrize(
    ("threads", "past", "written"),
    [
        pytest.param([thread()], Past(posted=posting()), [], id="it is written already"),
        pytest.param([], Past(posted=posting(0)), [], id="it is not to be seen yet"),
        pytest.param([thread()], Past(), [SAME], id="it was not written"),
        pytest.param([thread()], Past(posted=posting(60, "x")), [SAME], id="its lines have changed"),
        pytest.param([thread()], Past(posted=posting(is_landed=False)), [SAME], id="it has landed"),
    ],
)
def test_what_stands_is_written_down(threads: list[Thread], past: Past, written: list[str]) -> None:
    standing = judged(threads, past).learned.standing

    assert [(one.lines, one.is_landed) for one in standing] == [(lines, True) for lines in written]


@pytest.mark.parametrize(
    ("threads", "notes", "is_settled"),
    [
        pytest.param([thread()], (), True, id="closed"),
        pytest.param([thread(has_replies=True)], (), True, id="left to people"),
        pytest.param([RESOLVED], (), True, id="resolved by a person"),
        pytest.param([], (), True, id="deleted"),
        pytest.param([thread()], (Note("Dockerfile", "broken"),), False, id="its file could not be read"),
        pytest.param([], (Note("Dockerfile", "broken"),), False, id="deleted, its file not read"),
    ],
)
def test_what_is_gone_is_forgotten_with_its_dismissal(
    threads: list[Thread], notes: tuple[Note, ...], is_settled: bool
) -> None:
    past = Past(posted=posting(), dismissals=no(Kind.RESOLVED), now=NOW)
    learned = reconcile((), threads, Report((), notes=notes), past).learned

    assert learned.settled == learned.lapsed == (("0badc0de",) if is_settled else ())


def test_what_a_command_dismissed_is_not_forgotten_when_it_is_gone() -> None:
    past = Past(posted=posting(), dismissals=no(Kind.IGNORED), now=NOW)
    learned = reconcile((), [thread()], Report(()), past).learned

    assert (learned.settled, learned.lapsed) == (("0badc0de",), ())


def test_every_finding_is_in_one_place() -> None:
    found = [finding(fingerprint=f"{number:08x}") for number in range(1, 5)]
    threads = [thread("00000001"), thread("00000002", is_resolved=True), thread("00000009")]
    made = plan(found, threads)

    assert [entry.finding.fingerprint for entry in made.keep] == ["00000001"]
    assert [entry.finding.fingerprint for entry in made.dismissed] == ["00000002"]
    assert [entry.finding.fingerprint for entry in made.open] == ["00000003", "00000004"]
    assert made.close == (threads[2],)
