"""Earlier conversations against the findings of now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzers.finding import Finding, Note, Report, Status
from bot.forges.base import FileDiff, Thread
from bot.review.past import Past
from bot.review.placement import place
from bot.review.threads import Plan, reconcile
from tests.bot.review.pieces import DOCKERFILE, finding, thread

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


def test_every_finding_is_in_one_place() -> None:
    found = [finding(fingerprint=f"{number:08x}") for number in range(1, 5)]
    threads = [thread("00000001"), thread("00000002", is_resolved=True), thread("00000009")]
    made = plan(found, threads)

    assert [entry.finding.fingerprint for entry in made.keep] == ["00000001"]
    assert [entry.finding.fingerprint for entry in made.dismissed] == ["00000002"]
    assert [entry.finding.fingerprint for entry in made.open] == ["00000003", "00000004"]
    assert made.close == (threads[2],)
