"""Every rule against the cases of its page and of `tests/rules/`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from analyzers.finding import Fix
from analyzers.rule import Rule
from tests.casebook import Case, read_cases
from tests.rule_cases import RULES, apply, cases_of, every_case, review_with

CASES = [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule, case in every_case()]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_findings_are_those_marked(rule: Rule, case: Case) -> None:
    report = review_with(rule, case.files)
    found = {(finding.at.path, finding.at.line): finding for finding in report.findings}
    assert found.keys() == case.findings.keys(), [finding.message for finding in report.findings]
    for place, finding in found.items():
        assert case.findings[place] in finding.message
    assert {
        (other.at.path, other.at.line) for finding in found.values() for other in finding.related
    } == case.related
    assert [note.reason for note in report.notes if note.is_failure] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_page_has_its_form(rule: Rule) -> None:
    cases = {case.name: case for case in read_cases(rule.page_path)}
    assert list(cases)[:2] == ["Bad", "Good"]
    assert cases["Bad"].findings
    assert not cases["Good"].findings
    headings = re.findall(r"^## (.+)$", rule.page.body, re.M)
    wanted = ["What it finds", "What happens if it stays", "Bad", "Good", "When to ignore it", "Known limits"]
    assert [heading for heading in headings if heading in wanted] == wanted
    assert rule.page.references, "a page names its source"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_rule_has_loud_and_silent_cases(rule: Rule) -> None:
    cases = cases_of(rule)
    assert sum(not case.findings for case in cases) >= 3, "at least three cases in which the rule is silent"
    assert sum(bool(case.findings) for case in cases) >= 2, "at least two in which it speaks"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_texts_are_short_and_filled(rule: Rule) -> None:
    bad, _ = read_cases(rule.page_path)[:2]
    for finding in review_with(rule, bad.files).findings:
        assert len(finding.message) <= 160
        assert len(finding.why.split()) <= 60
        assert not re.search(r"\{\w*\}", finding.message + finding.why + finding.advice)


def fixable_pages() -> Iterator[object]:
    for rule in RULES.values():
        bad, good = read_cases(rule.page_path)[:2]
        if fixes := [finding.fix for finding in review_with(rule, bad.files).findings if finding.fix]:
            yield pytest.param(rule, bad, good, fixes, id=rule.id)


@pytest.mark.parametrize(("rule", "bad", "good", "fixes"), list(fixable_pages()))
def test_good_is_bad_with_the_fix_applied(rule: Rule, bad: Case, good: Case, fixes: list[Fix]) -> None:
    assert apply(fixes, bad.files) == good.files
