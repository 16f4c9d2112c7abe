"""Rules explained where they are asked about."""

from __future__ import annotations

import pytest

from analyzers.catalogue import load_rules
from bot.review.explaining import explained
from tests.bot.dockerfiles import BAD, GOOD
from tests.bot.review.crowd import RULE, Scene

LINK = f"http://localhost:8080/rules/{RULE}"


def test_without_a_rule_and_without_a_finding_a_name_is_asked_for(place: Scene) -> None:
    place.reviewed(GOOD + "EXPOSE 80\n").say("/shipworthy explain")

    assert place.signs == "seen refused"
    assert "Name a rule" in place.answer


def test_a_misspelt_rule_is_answered_with_the_nearest(place: Scene) -> None:
    place.open(BAD).say("/shipworthy explain base-image-latst")

    assert place.signs == "seen refused"
    assert f"Did you mean `{RULE}`?" in place.answer


@pytest.mark.parametrize(
    "words", [f"/shipworthy explain {RULE}", f"/shipworthy explain `{RULE.upper()}` please"]
)
def test_a_named_rule_is_explained(place: Scene, words: str) -> None:
    place.open(BAD).say(words)

    assert place.signs == "seen done"
    for part in ("### The base image is `latest`", LINK, "**What it finds**", "**When to ignore it**"):
        assert part in place.answer
    assert "```" not in place.answer


def test_in_a_conversation_it_is_its_rule(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy explain", thread=place.thread.root)

    assert LINK in place.answer


def test_the_button_explains_what_is_new_once(place: Scene) -> None:
    place.reviewed(BAD)
    for _ in range(2):
        place.press("/shipworthy explain")

    assert LINK in place.answer


def test_known_problems_are_not_explained_unasked(place: Scene) -> None:
    place.reviewed(BAD + "EXPOSE 80\n", base=BAD).say("/shipworthy explain")

    assert place.signs == "seen refused"


@pytest.mark.parametrize("rule", load_rules())
def test_every_rule_fits_a_comment(rule: str) -> None:
    said = explained([rule], "https://bot.example.com")

    assert "shortened" not in said
    assert len(said.encode()) < 8_000


def test_very_many_rules_are_cut_and_it_is_said() -> None:
    said = explained(load_rules(), "https://bot.example.com")

    assert "shortened" in said
    assert len(said.encode()) < 8_000
