"""Nothing is dropped: whatever is new is found in just one place, and the summary's numbers say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from analyzers.config import Config, Filter
from analyzers.finding import Finding, Report, Severity, Status
from bot.forges.base import Abilities, FileDiff, Summary, Thread
from bot.review.configuration import Configuration
from bot.review.fates import Fate, find_fates, tally
from bot.review.limits import Limits, hold_back
from bot.review.placement import place
from bot.review.summary import summarise
from bot.review.threads import Plan, reconcile
from bot.review.verdict import Digest
from tests.bot.review.pieces import at, change, finding, links, many_lines, thread

PLACES = ["many.yaml", "logo.png", "elsewhere.go"]
FILES = (many_lines(20), FileDiff("logo.png", "modified", None))


@st.composite
def found(draw: st.DrawFn) -> list[Finding]:
    """Of a few rules and all severities, on lines of the diff, on a file of it, or nowhere in it."""
    drawn = st.tuples(
        st.sampled_from(PLACES),
        st.integers(1, 30),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(list(Severity)),
    )
    rows = draw(st.lists(drawn, max_size=30))
    return [
        finding(at(path, line), rule, f"{number:08x}", severity)
        for number, (path, line, rule, severity) in enumerate(rows)
    ]


@st.composite
def threads_of(draw: st.DrawFn, findings: Sequence[Finding]) -> tuple[Thread, ...]:
    """Conversations about some of them, some resolved."""
    of = st.sampled_from(list(findings)) if findings else st.nothing()
    chosen = draw(st.lists(of, max_size=8, unique_by=lambda one: one.fingerprint)) if findings else []
    return tuple(thread(one.fingerprint, is_resolved=draw(st.booleans())) for one in chosen)


limits = st.builds(
    Limits,
    conversations=st.integers(0, 12),
    per_rule=st.integers(0, 4),
    minimum=st.sampled_from(list(Severity)),
    filter=st.sampled_from(list(Filter)),
)


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Plan, Report, Abilities]:
    report = Report(tuple(draw(found())), files=4, changed_files=4)
    threads = draw(threads_of(report.findings))
    plan = reconcile(place(report.of(Status.INTRODUCED), FILES), threads, report)
    return hold_back(plan, draw(limits)), report, Abilities(annotations=draw(st.booleans()))


def summary_of(plan: Plan, report: Report, abilities: Abilities) -> Summary:
    about = change(*FILES, abilities=abilities)
    return summarise(Digest(about, report, plan, Configuration(Config()), links(about)))


@given(reviewed())
def test_comments_annotations_and_the_rest_add_up(drawn: tuple[Plan, Report, Abilities]) -> None:
    plan, report, abilities = drawn
    counted = tally(plan, abilities)
    annotations = summary_of(plan, report, abilities).annotations
    listed = counted.get("listed here only", 0) + counted.get("dismissed by people", 0)

    assert counted.get("commented", 0) + len(annotations) + listed == len(report.findings)
    assert sum(counted.values()) == len(report.findings)


@given(reviewed())
def test_the_numbers_that_are_written_add_up(drawn: tuple[Plan, Report, Abilities]) -> None:
    plan, report, abilities = drawn
    body = summary_of(plan, report, abilities).body
    told = re.search(r"^(\d+) new problems?: (.+?)\.", body, re.M)

    if told:
        parts = [int(part.split(" ", 1)[0]) for part in told[2].split(", ")]
        assert sum(parts) == int(told[1]) == len(report.findings)
    else:
        assert len(plan.open) + len(plan.keep) == len(report.findings)


@given(reviewed())
def test_every_finding_has_a_fate(drawn: tuple[Plan, Report, Abilities]) -> None:
    plan, report, abilities = drawn
    fates = find_fates(plan, abilities)

    assert fates.keys() == {one.fingerprint for one in report.findings}
    assert sum(fate is Fate.COMMENTED for fate in fates.values()) == len(plan.open)
