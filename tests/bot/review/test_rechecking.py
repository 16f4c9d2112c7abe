"""Reviews asked for, conversations closed, and quiet while it is wanted."""

from __future__ import annotations

import pytest

from bot.forges.base import Level, Standing
from tests.bot.dockerfiles import BAD, GOOD, WORSE
from tests.bot.review.crowd import Scene

AUTHOR = Standing(Level.READ, is_author=True)
TRIAGER = Standing(Level.TRIAGE)


@pytest.mark.parametrize("by", [AUTHOR, TRIAGER], ids=["the author", "a triager"])
def test_without_write_access_once_a_minute(place: Scene, by: Standing) -> None:
    place.open(BAD)
    outcomes = [place.say("/recheck", by=by) is not None for _ in range(2)]

    assert (outcomes, place.signs) == ([True, False], "seen done seen refused")


def test_a_writer_as_often_as_they_like(place: Scene) -> None:
    place.open(BAD)
    for _ in range(2):
        place.say("/recheck")

    assert place.signs == "seen done seen done"


def test_the_same_order_after_a_crash_is_not_counted_twice(place: Scene) -> None:
    place.open(BAD)
    for _ in range(2):
        place.say("/recheck", by=AUTHOR, guid="guid-7")

    assert place.signs == "seen done seen done"


@pytest.mark.parametrize(
    ("words", "forgotten"),
    [("/recheck", 0), ("/shipworthy recheck", 0), ("/recheck full", 1), ("/shipworthy recheck full", 1)],
)
def test_only_a_full_one_reads_all_anew(place: Scene, words: str, forgotten: int) -> None:
    place.open(BAD).say(words)

    assert (place.forge.forgotten, len(place.open_threads)) == (forgotten, 1)


def test_an_answered_conversation_is_left_alone_until_it_is_to_be_resolved(place: Scene) -> None:
    place.reviewed(WORSE)
    place.forge.answered |= {thread.id for thread in place.threads}
    place.push(BAD)
    assert len(place.open_threads) == 2

    place.say("/shipworthy resolve")
    (closing,) = place.forge.closings
    assert (len(place.open_threads), closing.thread.has_replies) == (1, False)


def test_while_it_is_quiet_the_check_alone_speaks(place: Scene) -> None:
    place.open(BAD).say("/shipworthy pause", by=AUTHOR)
    place.push("# more\n" + BAD)

    assert place.open_threads == []
    assert place.summary.title == "1 new problem: 1 warning"
    assert "Comments are paused by ann; `/shipworthy resume` brings them back" in place.summary.body
    assert "listed here only" in place.summary.body


def test_while_it_is_quiet_no_conversation_is_closed(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy pause")
    place.push(GOOD + "EXPOSE 80\n")

    assert len(place.open_threads) == 1


def test_quiet_asked_for_again_is_still_of_who_asked_first(place: Scene) -> None:
    place.open(BAD).say("/shipworthy pause", actor="bob")
    place.say("/shipworthy pause", actor="ann")

    assert "paused by bob" in place.summary.body


def test_what_was_held_back_is_said_when_it_is_wanted_again(place: Scene) -> None:
    place.open(BAD).say("/shipworthy pause")
    place.say("/shipworthy resume")

    assert len(place.open_threads) == 1
    assert "paused" not in place.summary.body
    assert place.signs == "seen done seen done"
