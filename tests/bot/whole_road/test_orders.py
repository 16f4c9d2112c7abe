"""What people order in comments, and what becomes of it."""

from __future__ import annotations

import pytest

from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.fault import LOST
from tests.bot.forges.stand_in.world import BOT
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process

RULE = "base-image-latest"


@pytest.fixture
def wrong(scene: Scene) -> Scene:
    """One mistake, by somebody who may only read."""
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    scene.repository.permissions |= {"dev": "read", "reader": "read", "boss": "write"}
    return scene


def test_what_is_ignored_leaves_the_check_and_the_diff_at_once(wrong: Scene) -> None:
    wrong.review()
    guid = wrong.say(f"/shipworthy ignore {RULE} rebuilt daily, says @ops", author="boss")

    assert wrong.road.answered(guid) == "done"
    assert wrong.run["conclusion"] == "success"
    assert "rebuilt daily, says @\u200bops (ignored by boss)" in wrong.run["summary"]
    assert (wrong.open_threads, wrong.signs, wrong.answers) == ([], ["eyes", "+1"], [])


def test_without_the_right_to_resolve_the_comment_itself_says_who_ignored_it(wrong: Scene) -> None:
    wrong.world.may_resolve = False
    try:
        wrong.review()
        wrong.road.answered(wrong.say(f"/shipworthy ignore {RULE} rebuilt daily", author="boss"))
    finally:
        wrong.world.may_resolve = True
    (comment,) = wrong.pull.threads[0].comments

    assert "~~ Ignored by boss: rebuilt daily" in comment.body
    assert comment.minimized == "RESOLVED"


def test_a_reply_silences_what_its_conversation_is_about(wrong: Scene) -> None:
    wrong.review()
    (thread,) = wrong.open_threads

    assert wrong.road.answered(wrong.reply("/shipworthy ignore rebuilt daily", "boss")) == "done"
    assert wrong.run["conclusion"] == "success"
    assert thread.resolved_by == BOT
    assert [place for place, _, _ in wrong.repository.reactions] == ["pulls", "pulls"]


def test_a_rule_is_explained_where_it_is_asked_about(wrong: Scene) -> None:
    wrong.review()
    (thread,) = wrong.open_threads

    assert wrong.road.answered(wrong.reply("/shipworthy explain", "reader")) == "done"
    assert f"/rules/{RULE})" in thread.comments[-1].body
    assert wrong.answers == []


def test_an_author_without_rights_does_not_ignore(wrong: Scene) -> None:
    wrong.review()

    assert wrong.road.answered(wrong.say(f"/shipworthy ignore {RULE} it suits me")) == "done"
    assert (wrong.run["conclusion"], wrong.signs) == ("neutral", ["confused"])
    assert wrong.places == [("Dockerfile", LATEST_LINE)]


def test_a_fork_s_author_rechecks_their_own_draft(wrong: Scene) -> None:
    wrong.pull.is_draft = True
    wrong.review(fork="dev/shop")
    wrong.run["title"] = "as it was"

    assert wrong.road.answered(wrong.say("/recheck full")) == "done"
    assert (wrong.signs, wrong.run["title"]) == (["eyes", "+1"], "1 new problem: 1 warning")
    assert wrong.pull.reviews == []


def test_while_it_is_paused_the_check_alone_speaks(wrong: Scene) -> None:
    wrong.road.answered(wrong.say("/shipworthy pause"))
    wrong.review()
    assert (wrong.pull.reviews, wrong.run["title"]) == ([], "1 new problem: 1 warning")
    assert "Comments are paused by dev; `/shipworthy resume`" in wrong.run["summary"]

    assert wrong.road.answered(wrong.say("/shipworthy resume")) == "done"
    assert wrong.places == [("Dockerfile", LATEST_LINE)]
    assert "paused" not in wrong.runs[-1]["summary"]


def test_a_rule_is_explained_once_though_the_line_was_cut(wrong: Scene) -> None:
    lost = Fault(f"POST /repos/{wrong.name}/issues/1/comments", LOST, is_done=True)
    wrong.road.stand_in.faults.append(lost)

    assert wrong.road.answered(wrong.say(f"/shipworthy explain {RULE}", author="reader")) == "done"
    assert wrong.road.answered(wrong.say(f"/shipworthy explain {RULE}", author="reader")) == "done"
    (answer,) = wrong.answers
    assert f"/rules/{RULE})" in answer
    assert wrong.signs == ["eyes", "+1", "eyes", "confused"]


def test_an_explanation_that_was_lost_is_given_by_the_next_attempt(wrong: Scene) -> None:
    lost = Fault(f"POST /repos/{wrong.name}/issues/1/comments", LOST)
    wrong.road.stand_in.faults.append(lost)

    assert wrong.road.answered(wrong.say(f"/shipworthy explain {RULE}", author="reader")) == "done"
    assert len(wrong.answers) == 1
    assert wrong.signs == ["eyes", "eyes", "+1"]


def test_an_order_that_we_break_on_is_admitted(wrong: Scene) -> None:
    nonsense = Fault(f"GET /repos/{wrong.name}/git/trees/", 200, {}, {"tree": "nonsense"})
    wrong.road.stand_in.faults.append(nonsense)
    guid = wrong.say("/recheck")

    assert wrong.road.answered(guid) == "failed"
    assert wrong.signs == ["eyes", "-1"]
    (answer,) = wrong.answers
    assert f"could not do this (reference `{guid}`)" in answer
