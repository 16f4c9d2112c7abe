"""The thumbs under our comments."""

from __future__ import annotations

import pytest

from bot.errors import NotFound
from bot.forges.base import ChangeRef, Vote
from bot.review.closing import close_fixed
from bot.review.markers import marker
from tests.bot.forges.drafts import dockerfiles, thread
from tests.bot.forges.stages import GithubStage


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    """Three comments of ours on a pull request."""
    ref = github.open_change(dockerfiles(3), dockerfiles(3, "CMD b"))
    change = github.forge.change(ref)
    drafts = [thread(change, f"service{n}/Dockerfile", 3, f"{n:08x}") for n in range(3)]
    github.forge.open_threads(change, drafts, "Three things.")
    return ref


def votes(github: GithubStage, ref: ChangeRef) -> list[Vote]:
    return list(github.forge.votes(ref))


def test_a_change_nobody_knows_has_none(github: GithubStage, ref: ChangeRef) -> None:
    with pytest.raises(NotFound):
        votes(github, github.unknown(ref))


def test_under_others_comments_none_are_read(github: GithubStage, ref: ChangeRef) -> None:
    words = github.stand_in.world.comment("mallory", marker("0badc0de", "some-rule", "a" * 40))
    words.reactions = {"THUMBS_DOWN": 9}
    github.pull(ref).threads[0].comments[0] = words

    assert [vote.fingerprint for vote in votes(github, ref)] == ["00000001", "00000002"]


def test_they_are_read_in_one_request_even_of_settled_comments(github: GithubStage, ref: ChangeRef) -> None:
    github.stand_in.world.may_resolve = False
    change = github.forge.change(ref)
    github.forge.close_threads(change, [close_fixed(change.threads[0], change.head)])
    reactions = [{"THUMBS_UP": 2, "HEART": 5}, {"THUMBS_DOWN": 1}, {"HEART": 1}]
    for one, given in zip(github.pull(ref).threads, reactions, strict=True):
        one.comments[0].reactions = given
    github.close(ref)
    github.stand_in.requests.clear()

    assert votes(github, ref) == [
        Vote("00000000", "some-rule", 2, 0),
        Vote("00000001", "some-rule", 0, 1),
        Vote("00000002", "some-rule", 0, 0),
    ]
    assert github.stand_in.requests == ["POST /graphql"]


def test_beyond_a_hundred_threads_all_are_read(github: GithubStage) -> None:
    ref = github.open_change(dockerfiles(1), dockerfiles(1, "CMD b"))
    change = github.forge.change(ref)
    drafts = [thread(change, "service0/Dockerfile", 3, f"{n:08x}") for n in range(103)]
    github.forge.open_threads(change, drafts, "Many things.")

    assert len(votes(github, ref)) == 103
