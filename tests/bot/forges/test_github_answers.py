"""Answers in words: where they are put, and that each is put once."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import NotAllowed, NotFound, TryLater
from bot.forges.base import CommentRef, Request, Trigger
from bot.review.markers import answer_marker
from tests.bot.forges.drafts import thread
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.fault import LOST
from tests.bot.forges.stand_in.world import Comment

MARK = answer_marker("guid-1")
BODY = f"Words.\n\n{MARK}"
POST = "POST .*/(comments|replies)$"


@pytest.fixture
def asked(github: GithubStage) -> Request:
    """In the conversation that we began."""
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    change = github.forge.change(ref)
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")
    (ours,) = github.forge.change(ref).threads
    github.stand_in.requests.clear()
    comment = CommentRef("12", "/shipworthy explain", "review", ours.root)
    return Request(ref, Trigger.COMMAND, "ann", comment=comment)


def below(asked: Request) -> Request:
    """The same, said below the pull request."""
    return dataclasses.replace(asked, comment=CommentRef("12", "/shipworthy help", "issue"))


def comments(github: GithubStage, asked: Request) -> list[Comment]:
    """All but the one that began the conversation."""
    pull = github.pull(asked.change)
    return [*pull.comments, *(one for each in pull.threads for one in each.comments[1:])]


def bodies(github: GithubStage, asked: Request) -> list[str]:
    return [comment.body for comment in comments(github, asked)]


def test_a_reply_stands_in_its_conversation(github: GithubStage, asked: Request) -> None:
    github.forge.reply(asked, BODY)

    assert [one.body for one in github.pull(asked.change).threads[0].comments[1:]] == [BODY]
    assert len(github.stand_in.requests) == 2


@pytest.mark.parametrize("way", ["a comment", "a button"])
def test_an_answer_stands_below_the_change(github: GithubStage, asked: Request, way: str) -> None:
    request = below(asked) if way == "a comment" else dataclasses.replace(asked, comment=None)
    github.forge.reply(request, BODY)

    assert [one.body for one in github.pull(asked.change).comments] == [BODY]


@pytest.mark.parametrize("place", ["in the conversation", "below"])
def test_a_job_that_comes_again_answers_once(github: GithubStage, asked: Request, place: str) -> None:
    request = below(asked) if place == "below" else asked
    for _ in range(2):
        github.forge.reply(request, BODY)

    assert bodies(github, asked) == [BODY]


def test_another_answer_is_given(github: GithubStage, asked: Request) -> None:
    github.forge.reply(asked, BODY)
    github.forge.reply(asked, f"More.\n\n{answer_marker('guid-2')}")

    assert len(bodies(github, asked)) == 2


def test_a_mark_that_somebody_copied_does_not_silence_us(github: GithubStage, asked: Request) -> None:
    github.pull(asked.change).comments.append(github.stand_in.world.comment("mallory", BODY))
    github.forge.reply(asked, BODY)

    assert [one.author for one in comments(github, asked)] == ["mallory", "shipworthy[bot]"]


def test_a_mark_in_the_middle_of_our_words_is_no_answer(github: GithubStage, asked: Request) -> None:
    github.pull(asked.change).comments.append(
        github.stand_in.world.comment("shipworthy[bot]", f"{BODY}\n\nAnd more.")
    )
    github.forge.reply(asked, BODY)

    assert len(bodies(github, asked)) == 2


@pytest.mark.parametrize("status", [LOST, 502], ids=["no answer", "a bad gateway"])
def test_an_answer_that_landed_unheard_is_not_repeated(
    github: GithubStage, asked: Request, status: int
) -> None:
    github.stand_in.faults.append(Fault(POST, status, is_done=True))
    github.forge.reply(asked, BODY)

    assert bodies(github, asked) == [BODY]


@pytest.mark.parametrize("status", [LOST, 502], ids=["no answer", "a bad gateway"])
def test_an_answer_that_was_lost_is_given_by_the_next_attempt(
    github: GithubStage, asked: Request, status: int
) -> None:
    github.stand_in.faults.append(Fault(POST, status))
    with pytest.raises(TryLater):
        github.forge.reply(asked, BODY)
    assert bodies(github, asked) == []

    github.forge.reply(asked, BODY)
    assert bodies(github, asked) == [BODY]


def test_a_conversation_that_is_no_more_needs_no_answer(github: GithubStage, asked: Request) -> None:
    github.pull(asked.change).threads.clear()
    github.forge.reply(asked, BODY)

    assert bodies(github, asked) == []


def test_a_locked_conversation_is_an_error_to_be_told(github: GithubStage, asked: Request) -> None:
    github.stand_in.faults.append(Fault(POST, 403, {}, {"message": "Unable to create comment: locked"}))

    with pytest.raises(NotAllowed):
        github.forge.reply(asked, BODY)


def test_a_change_that_is_no_more_is_gone(github: GithubStage, asked: Request) -> None:
    gone = dataclasses.replace(asked, change=dataclasses.replace(asked.change, number=404))

    with pytest.raises(NotFound):
        github.forge.reply(gone, BODY)


def test_an_answer_too_long_keeps_its_last_line(github: GithubStage, asked: Request) -> None:
    github.forge.reply(asked, "word " * 20_000 + f"\n\n{MARK}")
    (body,) = bodies(github, asked)

    assert len(body) <= 65_536
    assert body.endswith(f"Cut here: GitHub takes no longer text.*\n{MARK}")


def test_what_a_full_recheck_forgets_is_read_anew(github: GithubStage, asked: Request) -> None:
    change = github.forge.change(asked.change)
    counts = []
    for forget in (False, False, True):
        if forget:
            github.forge.forget(change)
        github.stand_in.requests.clear()
        github.forge.trees(change, lambda tree, touched: list(tree))
        counts.append(len(github.stand_in.requests))

    assert counts == [2, 0, 2]
