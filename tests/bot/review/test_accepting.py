"""What a change brings, accepted as known in the whole repository."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.forges.base import Conclusion
from tests.bot.dockerfiles import BAD, WORSE
from tests.bot.review.crowd import RULE, Scene


@pytest.mark.parametrize("way", ["typed", "a button"])
def test_all_that_is_new_is_known_from_now_on(place: Scene, way: str) -> None:
    place.reviewed(WORSE)
    if way == "typed":
        place.say("/shipworthy accept we know")
    else:
        place.press("/shipworthy accept", head=place.forge.change(place.ref).head)

    assert (place.summary.conclusion, place.summary.title) == (Conclusion.SUCCESS, "No new problems")
    assert place.open_threads == []
    said = "~~ Accepted as known by ann: we know" if way == "typed" else "~~ Accepted as known by ann."
    assert [said in closing.body for closing in place.forge.closings] == [True, True]


def test_another_change_of_the_repository_is_not_told(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy accept")
    other = replace(place.ref, number=2)

    assert place.review(other).title == "No new problems"


def test_a_later_mistake_is_none_that_was_accepted(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy accept")

    assert place.push(WORSE).title == "1 new problem: 1 warning"


def test_a_button_beside_an_older_commit_accepts_nothing(place: Scene) -> None:
    place.reviewed(BAD)
    seen = place.forge.change(place.ref).head
    place.push(WORSE)
    place.press("/shipworthy accept", head=seen)

    assert len(place.open_threads) == 2
    assert "the change has a newer commit" in place.answer


def test_what_was_accepted_can_be_taken_back(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy accept")
    outcome = place.say(f"/shipworthy unignore {RULE}")

    assert outcome
    assert (outcome.title, len(place.open_threads)) == ("1 new problem: 1 warning", 1)


def test_where_nothing_is_new_nothing_is_accepted(place: Scene) -> None:
    place.reviewed(BAD + "EXPOSE 80\n", base=BAD).say("/shipworthy accept")

    assert place.signs == "seen done"
    assert place.desk.accepted.of(place.ref) == {}
