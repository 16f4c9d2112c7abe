"""Nothing is dropped: whatever is new is found in just one place, and the summary's numbers say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzers.config import Config, Filter
from analyzers.finding import Report, Severity, Status
from bot.forges.base import Abilities, FileDiff, Summary
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


Row = tuple[str, int, str, Severity, str]
rows = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.integers(1, 30),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(list(Severity)),
        st.sampled_from(["new", "new", "talked of", "resolved"]),
    ),
    max_size=30,
)
"""Of a few rules and all severities, on lines of the diff, on a file of it, or nowhere in it."""
limits = st.builds(
    Limits,
    conversations=st.integers(0, 12),
    per_rule=st.integers(0, 4),
    minimum=st.sampled_from(list(Severity)),
    filter=st.sampled_from(list(Filter)),
)
abilities_of = st.builds(Abilities, annotations=st.booleans())
generated = given(rows, limits, abilities_of)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no mistake of ours."""


def review(drawn: Sequence[Row], limits: Limits) -> tuple[Plan, Report]:
    found = [
        finding(at(path, line), rule, f"{number:08x}", severity)
        for number, (path, line, rule, severity, _) in enumerate(drawn)
    ]
    threads = [
        thread(f"{number:08x}", is_resolved=talk == "resolved")
        for number, (*_, talk) in enumerate(drawn)
        if talk != "new"
    ]
    report = Report(tuple(found), files=4, changed_files=4)
    plan = reconcile(place(report.of(Status.INTRODUCED), FILES), threads, report)
    return hold_back(plan, limits), report


def summary_of(plan: Plan, report: Report, abilities: Abilities) -> Summary:
    about = change(*FILES, abilities=abilities)
    return summarise(Digest(about, report, plan, Configuration(Config()), links(about)))


@unhurried
@generated
def test_comments_annotations_and_the_rest_add_up(
    drawn: list[Row], limits: Limits, abilities: Abilities
) -> None:
    plan, report = review(drawn, limits)
    counted = tally(plan, abilities)
    annotations = summary_of(plan, report, abilities).annotations
    elsewhere = ("listed in a comment", "listed here only", "dismissed by people")
    listed = sum(counted.get(words, 0) for words in elsewhere)

    assert counted.get("commented", 0) + len(annotations) + listed == len(report.findings)
    assert sum(counted.values()) == len(report.findings)


@unhurried
@generated
def test_the_numbers_that_are_written_add_up(drawn: list[Row], limits: Limits, abilities: Abilities) -> None:
    plan, report = review(drawn, limits)
    body = summary_of(plan, report, abilities).body
    told = re.search(r"^(\d+) new problems?: (.+?)\.", body, re.M)

    if told:
        parts = [int(part.split(" ", 1)[0]) for part in told[2].split(", ")]
        assert sum(parts) == int(told[1]) == len(report.findings)
    else:
        assert len(plan.open) + len(plan.keep) == len(report.findings)


@unhurried
@generated
def test_every_finding_has_a_fate(drawn: list[Row], limits: Limits, abilities: Abilities) -> None:
    plan, report = review(drawn, limits)
    fates = find_fates(plan, abilities)

    assert fates.keys() == {one.fingerprint for one in report.findings}
    assert sum(fate is Fate.COMMENTED for fate in fates.values()) == len(plan.open)
