"""The list of all rules: complete, and shown as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.catalogue import load_rules
from analyzers.rule import Rule
from bot.cli.catalogue_page import render_catalogue

ROOT = Path(__file__).parent.parent
RULES = load_rules()


def test_the_page_shows_the_rules_as_they_are() -> None:
    page = (ROOT / "analyzers/rules/README.md").read_text(encoding="utf-8")
    assert page == render_catalogue(RULES.values()), "say `make catalogue`"


def test_each_rule_is_named_in_the_changes() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in RULES if f"`{name}`" not in changes] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_yields_to_rules_that_yield_to_none_of_its_own(rule: Rule) -> None:
    waiting, seen = list(rule.page.yields_to), set[str]()
    while waiting:
        parent = waiting.pop()
        assert parent in RULES
        assert parent != rule.id
        if parent not in seen:
            seen.add(parent)
            waiting += RULES[parent].page.yields_to
