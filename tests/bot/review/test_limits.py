"""How much is said at once."""

from __future__ import annotations

import pytest

from analyzers.config import Filter
from analyzers.finding import Finding, Related, Severity
from bot.forges.base import FileDiff
from bot.review.limits import Limits, companions, hold_back
from bot.review.placement import place
from bot.review.threads import Plan
from tests.bot.review.pieces import at, finding, many, many_lines


def said(found: list[Finding], standing: list[Finding] | None = None, limits: Limits | None = None) -> Plan:
    files = (many_lines(40), FileDiff("logo.png", "modified", None))
    return hold_back(Plan(place(found, files), keep=place(standing or [], files)), limits or Limits())


@pytest.mark.parametrize(
    ("found", "standing", "limits"),
    [
        pytest.param(many(2, severity=Severity.NOTE), [], Limits(), id="notes stay in the summary"),
        pytest.param([finding(at("main.go"))], [], Limits(), id="no line and no file in the diff"),
        pytest.param(many(1), many(4)[1:], Limits(), id="three of the rule stand open"),
        pytest.param(
            [finding(at("logo.png"))], [], Limits(filter=Filter.DIFF_CONTEXT), id="a whole file is too wide"
        ),
        pytest.param(many(1), [], Limits(conversations=0), id="a draft"),
    ],
)
def test_nothing_is_opened(found: list[Finding], standing: list[Finding], limits: Limits) -> None:
    plan = said(found, standing, limits)

    assert plan.open == ()
    assert len(plan.held_back) == len(found)


def test_ten_at_most_and_the_worst_first() -> None:
    found = [
        finding(at("many.yaml", n), f"rule-{n}", f"{n:08x}", Severity.ERROR if n > 12 else Severity.WARNING)
        for n in range(1, 16)
    ]
    plan = said(found)

    assert [entry.finding.at.line for entry in plan.open] == [1, 2, 3, 4, 5, 6, 7, 13, 14, 15]
    assert len(plan.held_back) == 5


def test_the_third_of_a_rule_lists_the_rest() -> None:
    plan = said(many(9))

    assert [entry.finding.at.line for entry in plan.open] == [1, 2, 3]
    assert [len(companions(entry, plan)) for entry in plan.open] == [0, 0, 6]


def test_one_line_that_causes_it_in_two_places_gets_one_comment() -> None:
    cause = (Related(at("many.yaml", 5), "asked for here"),)
    found = [
        finding(at(path), fingerprint=f"{n:08x}", related=cause) for n, path in enumerate(("a.go", "b.go"), 1)
    ]
    plan = said(found)
    (entry,) = plan.open

    assert entry.finding == found[0]
    assert [other.finding for other in companions(entry, plan)] == found[1:]


def test_two_rules_about_one_line_are_both_said() -> None:
    found = [finding(at("many.yaml", 5), rule, f"{n:08x}") for n, rule in enumerate(("one", "other"), 1)]

    assert len(said(found).open) == 2


def test_a_comment_on_a_file_is_opened_where_the_forge_has_them() -> None:
    assert len(said([finding(at("logo.png"))]).open) == 1
