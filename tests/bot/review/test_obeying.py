"""Who is obeyed, by which signs it is told, and what is not taken for an order at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bot.errors import Gone, NotAllowed, TryLater
from bot.forges.base import Conclusion, Level, Standing
from bot.review.command_table import COMMANDS, find_entry
from bot.review.commands import Command, find_commands
from tests.bot.dockerfiles import BAD
from tests.bot.review.crowd import RULE, Scene

STRANGER = Standing(Level.NONE)
READER = Standing(Level.READ)
AUTHOR = Standing(Level.READ, is_author=True)
TRIAGER = Standing(Level.TRIAGE)
WRITER = Standing(Level.WRITE)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("thanks", id="no order"),
        pytest.param("> /recheck", id="in a quotation"),
        pytest.param("```\n/shipworthy accept\n```", id="in a code block"),
        pytest.param("<!--\n/shipworthy pause\n-->", id="in an HTML comment"),
        pytest.param("please /recheck", id="in the middle of a line"),
    ],
)
def test_nothing_is_done_for(place: Scene, words: str) -> None:
    place.open(BAD)

    assert place.say(words) is None
    assert (place.signs, place.forge.replies, place.open_threads) == ("", [], [])


@pytest.mark.parametrize("word", COMMANDS)
def test_a_stranger_is_refused_by_a_sign_alone(place: Scene, word: str) -> None:
    place.open(BAD)

    assert place.say(f"/shipworthy {word} {RULE} a reason", by=STRANGER) is None
    assert (place.signs, place.forge.replies, place.open_threads) == ("refused", [], [])


def test_what_we_said_ourselves_is_not_even_refused(place: Scene) -> None:
    place.open(BAD)

    assert place.say("/recheck", by=Standing(Level.WRITE, is_us=True)) is None
    assert (place.signs, place.forge.replies, place.open_threads) == ("", [], [])


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("help", "reader author triager writer"),
        ("explain", "reader author triager writer"),
        ("config", "reader author triager writer"),
        ("sing", "reader author triager writer"),
        ("recheck", "author triager writer"),
        ("false-positive", "author triager writer"),
        ("pause", "author writer"),
        ("resume", "author writer"),
        ("ignore", "writer"),
        ("unignore", "writer"),
        ("open", "writer"),
        ("resolve", "writer"),
        ("accept", "writer"),
    ],
)
def test_who_may(word: str, allowed: str) -> None:
    people = {"stranger": STRANGER, "reader": READER, "author": AUTHOR, "triager": TRIAGER, "writer": WRITER}
    right = find_entry(Command(word)).right

    assert " ".join(name for name, standing in people.items() if right.covers(standing)) == allowed


@pytest.mark.parametrize(
    ("words", "signs", "answers"),
    [
        pytest.param("/recheck", "seen refused", 0, id="recheck"),
        pytest.param(f"/shipworthy ignore {RULE} a reason", "seen refused", 0, id="ignore"),
        pytest.param("/shipworthy sing", "seen refused", 0, id="an unknown word"),
        pytest.param("/shipworthy help", "seen done", 1, id="help is given"),
        pytest.param(f"/shipworthy explain {RULE}", "seen done", 1, id="explanations are given"),
    ],
)
def test_on_a_closed_change(place: Scene, words: str, signs: str, answers: int) -> None:
    place.open(BAD)
    place.stage.close(place.ref)
    with suppress(Gone):
        place.say(words)

    assert (place.signs, len(place.forge.replies), place.open_threads) == (signs, answers, [])


def test_an_order_on_a_closed_change_ends_the_job(place: Scene) -> None:
    place.open(BAD)
    place.stage.close(place.ref)

    with pytest.raises(Gone):
        place.say("/recheck")


def test_a_draft_is_reviewed_when_asked_for_and_not_talked_into(place: Scene) -> None:
    place.open(BAD)
    place.forge.is_draft = True
    outcome = place.say("/recheck", by=AUTHOR)

    assert outcome
    assert (place.signs, place.open_threads) == ("seen done", [])
    assert place.summary.title == "1 new problem: 1 warning"


@pytest.mark.parametrize(
    ("word", "meant"), [("ignroe", "ignore"), ("false-postive", "false-positive"), ("RESUM", "resume")]
)
def test_a_mistyped_word_is_answered_with_the_nearest(place: Scene, word: str, meant: str) -> None:
    place.open(BAD).say(f"/shipworthy {word}")

    assert place.signs == "seen refused"
    assert f"Did you mean `/shipworthy {meant}`?" in place.answer


def test_a_word_like_none_is_answered_without_a_guess(place: Scene) -> None:
    place.open(BAD).say("/shipworthy @ops`<b>")

    assert place.answer.splitlines()[0] == "There is no command ``@ops`<b>``."


def test_mistakes_are_answered_once_an_hour(place: Scene) -> None:
    place.open(BAD)
    for word in ("sing", "dance"):
        place.say(f"/shipworthy {word}")

    assert place.signs == "seen refused seen refused"
    assert "`sing`" in place.answer


def test_several_orders_are_done_in_order_with_one_sign_one_review_and_one_answer(place: Scene) -> None:
    place.reviewed(BAD)
    outcome = place.say(
        f"/shipworthy ignore {RULE} rebuilt daily\n/shipworthy unignore {RULE}\n/shipworthy help"
    )

    assert outcome
    assert outcome.conclusion is Conclusion.NEUTRAL
    assert place.signs == "seen done"
    assert "/shipworthy help" in place.answer


def test_what_one_may_is_done_beside_what_one_may_not(place: Scene) -> None:
    place.reviewed(BAD).say(f"/recheck\n/shipworthy ignore {RULE} because", by=AUTHOR)

    assert place.signs == "seen done refused"
    assert len(place.open_threads) == 1


def test_a_comment_of_many_orders_is_obeyed_in_part() -> None:
    assert len(find_commands("/shipworthy help\n" * 9)) == 5


@pytest.mark.parametrize("words", ["/shipworthy help", "/shipworthy config", f"/shipworthy explain {RULE}"])
def test_the_same_is_answered_once_an_hour(place: Scene, words: str) -> None:
    place.open(BAD)
    for _ in range(2):
        place.say(words, by=READER)

    assert (place.signs, len(place.forge.replies)) == ("seen done seen refused", 1)


def test_who_may_recheck_is_told_of_every_rule(place: Scene) -> None:
    place.open(BAD)
    for rule in (RULE, "missing-dockerignore", RULE):
        place.say(f"/shipworthy explain {rule}", by=TRIAGER)

    assert len(place.forge.replies) == 2


def test_who_only_reads_is_told_of_one_rule_an_hour(place: Scene) -> None:
    place.open(BAD)
    for rule in (RULE, "missing-dockerignore"):
        place.say(f"/shipworthy explain {rule}", by=READER)

    assert len(place.forge.replies) == 1


def test_an_order_that_comes_again_is_answered_the_same(place: Scene) -> None:
    """The forge keeps the second answer back, since it ends with the same line."""
    place.open(BAD)
    for _ in range(2):
        place.say("/shipworthy help", guid="guid-7")

    first, second = place.forge.replies
    assert first == second
    assert first.endswith("\n<!-- shipworthy:v1 answer=guid-7 -->")


@pytest.mark.parametrize(
    ("words", "conclusion"),
    [
        (f"/shipworthy ignore {RULE} rebuilt daily", Conclusion.SUCCESS),
        (f"/shipworthy false-positive {RULE} a mirror", Conclusion.SUCCESS),
        (f"/shipworthy ignore {RULE} rebuilt daily\n/shipworthy unignore {RULE}", Conclusion.NEUTRAL),
        ("/shipworthy accept", Conclusion.SUCCESS),
        ("/shipworthy pause", Conclusion.NEUTRAL),
        ("/recheck", Conclusion.NEUTRAL),
    ],
)
def test_an_order_that_was_broken_off_is_carried_out_by_the_next_attempt(
    place: Scene, words: str, conclusion: Conclusion
) -> None:
    place.reviewed(BAD)
    place.forge.trouble = TryLater(datetime.now(UTC), "down")
    with pytest.raises(TryLater):
        place.say(words, guid="guid-7")
    outcome = place.say(words, guid="guid-7")

    assert outcome
    assert (outcome.conclusion, place.signs, place.forge.replies) == (conclusion, "seen seen done", [])


@pytest.mark.parametrize("word", ["ignore", "unignore", "open", "accept", "resolve", "pause", "resume"])
def test_who_only_reads_is_refused_by_a_sign_alone(place: Scene, word: str) -> None:
    place.open(BAD)

    assert place.say(f"/shipworthy {word} {RULE} a reason", by=READER) is None
    assert (place.signs, place.forge.replies) == ("refused", [])


def test_a_broken_order_is_admitted_where_it_was_given(place: Scene) -> None:
    place.reviewed(BAD)
    title = place.summary.title
    place.break_on("/shipworthy explain")

    assert place.signs == "failed"
    assert "`guid-1`" in place.answer
    assert place.summary.title == title


def test_a_broken_order_that_cannot_be_answered_is_admitted_in_the_check(place: Scene) -> None:
    place.open(BAD)
    place.forge.refusal = NotAllowed("the conversation is locked")
    place.break_on("/recheck")

    assert (place.signs, place.summary.conclusion) == ("failed", Conclusion.NEUTRAL)
    assert "`guid-1`" in place.summary.body


@pytest.mark.parametrize("odd", ["\0", "\ud800"], ids=["a zero", "half a character"])
def test_a_word_that_no_database_takes_is_answered(place: Scene, odd: str) -> None:
    place.open(BAD).say(f"/shipworthy explain {RULE} {odd}", by=TRIAGER)

    assert place.signs == "seen done"
