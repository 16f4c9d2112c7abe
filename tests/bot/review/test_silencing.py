"""Findings silenced by a word in a comment, and heard again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.errors import TryLater
from bot.forges.base import Conclusion, Level, Standing
from bot.store.dismissals import Kind
from bot.store.tables import feedback
from tests.bot.dockerfiles import BAD, GOOD, WORSE
from tests.bot.review.crowd import RULE, Scene

AUTHOR = Standing(Level.READ, is_author=True)
TRIAGER = Standing(Level.TRIAGE)


def opinions(place: Scene) -> list[tuple[str, str, int]]:
    query = sa.select(feedback.c.kind, feedback.c.rule, feedback.c.count)
    with place.desk.reviews.engine.connect() as connection:
        return [(row.kind, row.rule, row.count) for row in connection.execute(query)]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param("/shipworthy ignore", "/shipworthy ignore <reason>", id="nothing"),
        pytest.param("/shipworthy ignore -", "A reason is missing.", id="a dash"),
        pytest.param(f"/shipworthy ignore {RULE}", "A reason is missing.", id="a rule alone"),
        pytest.param("/shipworthy false-positive", "/shipworthy false-positive <reason>", id="no reason"),
    ],
)
def test_without_a_reason_nothing_is_silenced(place: Scene, words: str, answer: str) -> None:
    place.reviewed(BAD).say(words, thread=place.thread.root)

    assert (place.signs, len(place.open_threads)) == ("seen refused", 1)
    assert answer in place.answer
    assert place.desk.dismissals.of(place.ref.key) == {}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param("/shipworthy ignore it is fine", "There is no rule `it`", id="no rule is named"),
        pytest.param(
            "/shipworthy ignore base-image-latst fine", f"Did you mean `{RULE}`?", id="a misspelt rule"
        ),
        pytest.param(
            "/shipworthy ignore missing-dockerignore fine",
            "`missing-dockerignore` finds nothing new",
            id="a rule that is silent here",
        ),
    ],
)
def test_below_the_change_a_rule_must_be_named(place: Scene, words: str, answer: str) -> None:
    place.reviewed(BAD).say(words)

    assert (place.signs, len(place.open_threads)) == ("seen refused", 1)
    assert answer in place.answer


def test_a_reply_in_a_conversation_of_others_must_name_a_rule(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy ignore it is fine", thread="4711")

    assert (place.signs, len(place.open_threads)) == ("seen refused", 1)


def test_a_reply_silences_its_finding_and_says_who_and_why(place: Scene) -> None:
    place.reviewed(BAD)
    place.forge.answered.add(place.thread.id)
    outcome = place.say("/shipworthy ignore rebuilt *daily*, says @ops", thread=place.thread.root)

    assert outcome
    assert (outcome.conclusion, place.signs, place.open_threads) == (Conclusion.SUCCESS, "seen done", [])
    (closing,) = place.forge.closings
    assert "~~ Ignored by ann: rebuilt \\*daily\\*, says @\u200bops\n" in closing.body
    assert "Ignored (1)" in place.summary.body
    assert "rebuilt \\*daily\\*, says @\u200bops (ignored by ann)" in place.summary.body
    assert place.forge.replies == []
    assert opinions(place) == [("ignored", RULE, 1)]


def test_what_is_ignored_stays_so_when_its_line_changes(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy ignore rebuilt daily", thread=place.thread.root)

    assert place.push("# more\n" + BAD).conclusion is Conclusion.SUCCESS
    assert place.open_threads == []


def test_a_rule_is_silenced_with_all_that_it_finds_here(place: Scene) -> None:
    place.reviewed(WORSE)
    assert len(place.open_threads) == 2
    outcome = place.say(f"/shipworthy ignore {RULE} rebuilt daily")

    assert outcome
    assert (outcome.conclusion, place.open_threads) == (Conclusion.SUCCESS, [])
    assert "Ignored (2)" in place.summary.body


def test_a_reason_may_be_said_better(place: Scene) -> None:
    place.reviewed(BAD).say(f"/shipworthy ignore {RULE} because")
    place.say(f"/shipworthy ignore {RULE} rebuilt daily", actor="bob")

    assert "rebuilt daily (ignored by bob)" in place.summary.body
    assert opinions(place) == [("ignored", RULE, 1)]


def test_a_rule_may_be_named_as_code(place: Scene) -> None:
    place.reviewed(BAD).say(f"/shipworthy ignore `{RULE}` rebuilt daily", actor="ann\0")

    assert (place.open_threads, place.signs) == ([], "seen done")


def test_what_is_said_of_a_change_holds_for_its_trial_merge(place: Scene) -> None:
    place.reviewed(BAD).say(f"/shipworthy ignore {RULE} rebuilt daily")
    trial = replace(place.ref, is_queued=True)

    assert place.review(trial).conclusion is Conclusion.SUCCESS


def test_what_is_ordered_beside_a_trial_merge_is_said_of_its_change(place: Scene) -> None:
    place.reviewed(BAD)
    place.say(f"/shipworthy ignore {RULE} rebuilt daily", change=replace(place.ref, is_queued=True))

    assert place.review().conclusion is Conclusion.SUCCESS


def test_what_the_rule_finds_later_is_said(place: Scene) -> None:
    place.reviewed(BAD).say(f"/shipworthy ignore {RULE} rebuilt daily")

    assert len(place.push(WORSE).plan.open) == 1


def test_a_name_that_is_no_name_does_no_harm(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy ignore fine", thread=place.thread.root, actor="`<img>` @all\n# x")

    (closing,) = place.forge.closings
    assert "Ignored by \\<img\\> @\u200ball # x: fine" in closing.body


@pytest.mark.parametrize(
    ("by", "conclusion", "standing_open"),
    [
        pytest.param(AUTHOR, Conclusion.NEUTRAL, 1, id="its author may only say so"),
        pytest.param(
            Standing(Level.TRIAGE, is_author=True), Conclusion.NEUTRAL, 1, id="so may a triaging one"
        ),
        pytest.param(TRIAGER, Conclusion.SUCCESS, 0, id="a triager silences it"),
        pytest.param(
            Standing(Level.WRITE, is_author=True), Conclusion.SUCCESS, 0, id="so does a writing author"
        ),
    ],
)
def test_a_false_positive_is_counted(
    place: Scene, by: Standing, conclusion: Conclusion, standing_open: int
) -> None:
    place.reviewed(BAD).say("/shipworthy false-positive it is a mirror", thread=place.thread.root, by=by)

    assert (place.signs, len(place.open_threads)) == ("seen done", standing_open)
    assert place.review().conclusion is conclusion
    assert opinions(place) == [("false-positive", RULE, 1)]


def test_a_false_positive_says_who_called_it_so(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy false-positive a mirror", thread=place.thread.root)

    assert "Called a false positive by ann: a mirror" in place.forge.closings[0].body
    assert "a mirror (a false positive, says ann)" in place.summary.body


@pytest.mark.parametrize("word", ["unignore", "open"])
@pytest.mark.parametrize("where", ["in the conversation", "below the change"])
def test_what_is_taken_back_is_said_again(place: Scene, word: str, where: str) -> None:
    place.reviewed(BAD)
    root = place.thread.root
    place.say("/shipworthy ignore rebuilt daily", thread=root)
    in_words = f"/shipworthy {word}" if where == "in the conversation" else f"/shipworthy {word} {RULE}"
    outcome = place.say(in_words, thread=root if where == "in the conversation" else "")

    assert outcome
    assert (outcome.conclusion, len(place.open_threads)) == (Conclusion.NEUTRAL, 1)
    assert opinions(place) == []


def test_a_comment_struck_through_is_known_by_what_was_said_of_it(place: Scene) -> None:
    place.reviewed(BAD)
    root = place.thread.root
    place.say("/shipworthy ignore rebuilt daily", thread=root)
    place.forge.struck.add(root)
    (said,) = place.desk.dismissals.of(place.ref.key).values()
    assert (said.kind, said.thread, said.reason, said.lines) == (Kind.IGNORED, root, "rebuilt daily", "")

    place.say("/shipworthy unignore", thread=root)
    assert (len(place.open_threads), place.desk.dismissals.of(place.ref.key)) == (1, {})


def test_what_was_taken_back_by_an_attempt_that_broke_off_is_reviewed_by_the_next(place: Scene) -> None:
    place.reviewed(BAD).say(f"/shipworthy ignore {RULE} rebuilt daily")
    place.forge.trouble = TryLater(datetime.now(UTC), "down")
    with pytest.raises(TryLater):
        place.say(f"/shipworthy unignore {RULE}", guid="guid-7")
    outcome = place.say(f"/shipworthy unignore {RULE}", guid="guid-7")

    assert outcome
    assert (outcome.conclusion, place.forge.replies) == (Conclusion.NEUTRAL, [])


@pytest.mark.parametrize("words", ["/shipworthy unignore", f"/shipworthy unignore {RULE}"])
def test_nothing_to_take_back_is_said(place: Scene, words: str) -> None:
    place.reviewed(BAD).say(words)

    assert place.signs == "seen refused"
    assert "Nothing was taken back." in place.answer


def test_a_finding_that_is_fixed_is_fixed_not_ignored(place: Scene) -> None:
    place.reviewed(BAD).say("/shipworthy ignore rebuilt daily", thread=place.thread.root)

    place.push(GOOD + "EXPOSE 80\n")
    assert "Ignored (" not in place.summary.body
