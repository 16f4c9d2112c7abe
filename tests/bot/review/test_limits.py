"""How much is said at once."""

from __future__ import annotations

import pytest

from analyzers.config import Comments, Filter
from analyzers.finding import Finding, Location, Related, Severity
from bot.forges.base import FileDiff
from bot.review.limits import Limits, companions, hold_back, limits_for
from bot.review.placement import place as place_all
from bot.review.threads import Plan
from tests.bot.review.pieces import at, finding, many, many_lines

GAP = FileDiff("deploy.yaml", "modified", "@@ -1,4 +1,3 @@\n a\n-probe\n b\n c")


def said(found: list[Finding], standing: list[Finding] | None = None, limits: Limits | None = None) -> Plan:
    files = (many_lines(40), FileDiff("logo.png", "modified", None))
    return hold_back(Plan(place_all(found, files), keep=place_all(standing or [], files)), limits or Limits())


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


@pytest.mark.parametrize(
    ("place", "narrowest"),
    [
        pytest.param(at("many.yaml", 3), Filter.ADDED, id="an added line"),
        pytest.param(at("deploy.yaml", 90), Filter.ADDED, id="where lines were taken out that caused it"),
        pytest.param(at("deploy.yaml", 1), Filter.DIFF_CONTEXT, id="a line shown around the change"),
        pytest.param(at("logo.png"), Filter.FILE, id="a file as a whole"),
    ],
)
def test_a_comment_needs_a_filter_that_is_wide_enough(place: Location, narrowest: Filter) -> None:
    files = (many_lines(9), FileDiff("logo.png", "modified", None), GAP)
    plan = Plan(place_all([finding(place)], files))
    opened = [one for one in Filter if hold_back(plan, Limits(filter=one)).open]

    assert opened == list(Filter)[list(Filter).index(narrowest) :]


def test_a_repository_sets_how_much_is_said() -> None:
    wished = Comments(Filter.ALL, Severity.NOTE, 30, 5)

    assert limits_for(wished, is_quiet=False, takes_file_comments=True) == Limits(
        30, 5, Severity.NOTE, Filter.ALL
    )
    assert limits_for(wished, is_quiet=True, takes_file_comments=True).conversations == 0
    assert limits_for(wished, is_quiet=False, takes_file_comments=False).filter is Filter.DIFF_CONTEXT


def test_what_is_said_without_settings_is_what_settings_say_by_default() -> None:
    assert limits_for(Comments(), is_quiet=False, takes_file_comments=True) == Limits()
