"""GitHub as somebody else understood it: the same promises against the independent stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import NotAllowed, TryLater
from bot.forges.base import (
    ChangeRef,
    CommentRef,
    Forge,
    Level,
    Reaction,
    Request,
    Standing,
    Trigger,
)
from bot.forges.github_events import read_event
from bot.forges.signature import verify
from bot.review.closing import close_fixed
from bot.review.markers import answer_marker
from tests.bot.forges.drafts import dockerfiles, everything, summary, thread
from tests.bot.forges.independent import IndependentStage, independent_stage

BEFORE = dockerfiles(40)
AFTER = {**BEFORE, **dockerfiles(30, "CMD b")}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[IndependentStage]:
    with independent_stage(tmp_path) as stage:
        yield stage


def review(forge: Forge, ref: ChangeRef, findings: int) -> None:
    change = forge.change(ref)
    forge.trees(change, everything)
    known = {one.fingerprint for one in change.threads}
    found = [thread(change, f"service{n}/Dockerfile", 3, f"{n:08x}", start=2) for n in range(findings)]
    if fresh := [one for one in found if one.fingerprint not in known]:
        forge.open_threads(change, fresh, "Some things.")
    forge.publish_summary(change, summary(annotations=findings))


def test_requests_cold_warm_and_after_a_push(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    counts = []
    for pushed, findings in ((None, 3), (None, 3), ({**AFTER, **dockerfiles(1, "CMD c")}, 4)):
        if pushed:
            other.push(ref, pushed)
        other.requests.clear()
        review(other.forge, ref, findings)
        counts.append(len(other.requests))

    assert counts == [7, 3, 5]


@pytest.mark.parametrize("kind", ["lost", "lost_502"])
@pytest.mark.parametrize("place", ["reviews", "check-runs"])
def test_lost_answers_double_nothing(other: IndependentStage, kind: str, place: str) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.world.faults.add(kind, match=f"^POST .*/{place}$", count=1)
    review(other.forge, ref, 3)

    assert len(other.world.gh.posted(other.pull(ref))["threads"]) == 3
    assert [run["annotations"] for run in other.world.gh.runs(other.repository)] == [3]


@pytest.mark.parametrize("kind", ["secondary", "status", "reset", "truncate"])
def test_what_went_wrong_once_is_tried_later_and_then_done(other: IndependentStage, kind: str) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.world.faults.add(kind, match="^POST .*/reviews$", count=1)
    try:
        review(other.forge, ref, 3)
    except TryLater:
        review(other.forge, ref, 3)

    assert len(other.world.gh.posted(other.pull(ref))["threads"]) == 3


def test_annotations_by_the_hundred(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.forge.publish_summary(other.forge.change(ref), summary("🐳" * 70_000, annotations=95))
    other.forge.publish_summary(other.forge.change(ref), summary(annotations=120))

    assert [run["annotations"] for run in other.world.gh.runs(other.repository)] == [120]


def test_with_the_right_to_write_threads_are_resolved(other: IndependentStage) -> None:
    other.installation.permissions["contents"] = "write"
    ref = other.open_change(BEFORE, AFTER)
    review(other.forge, ref, 2)
    change = other.forge.change(ref)
    other.forge.close_threads(change, [close_fixed(one, change.head) for one in change.threads])

    assert [one.is_closed_by_us for one in other.forge.change(ref).threads] == [True, True]


def test_a_missing_permission_is_told(other: IndependentStage) -> None:
    other.installation.permissions["checks"] = "read"
    change = other.forge.change(other.open_change(BEFORE, AFTER))

    with pytest.raises(NotAllowed):
        other.forge.publish_summary(change, summary())
    other.world.log.clear()


def test_an_expired_token_is_renewed(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    other.forge.change(ref)
    for token in other.world.github.tokens.values():
        token.expires = 0
    other.forge.change(ref)

    assert sum("access_tokens" in path for _, path, _ in other.requests) == 2


def test_a_fork_is_read_and_answered(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    hands = other.world.gh
    fork = hands.fork(other.repository, "stranger")
    user = hands.user("stranger")
    hands.push(fork, "theirs", changes={"Dockerfile": "FROM a\nRUN b\n"}, user=user)
    pull = hands.open_pr(other.repository, "theirs", user, head_repo=fork)
    theirs = other.ref(pull)
    change = other.forge.change(theirs)
    _, head = other.forge.trees(change, everything)
    other.forge.open_threads(change, [thread(change, "Dockerfile", 2)], "One thing.")
    other.forge.publish_summary(change, summary(annotations=1))

    assert theirs != ref
    assert head.read(["Dockerfile"]) == {"Dockerfile": b"FROM a\nRUN b\n"}
    assert [one["line"] for one in hands.posted(pull)["threads"]] == [2]


def test_comments_are_answered_by_permission(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    hands = other.world.gh
    hands.collaborator(other.repository, "reader", "read")
    comment = hands.comment(other.pull(ref), other.dev, "/recheck")
    asked = Request(ref, Trigger.COMMAND, "reader", comment=CommentRef(str(comment.id), "", "issue"))
    other.forge.react(asked, Reaction.SEEN)

    assert hands.reactions(comment) == [("shipworthy[bot]", "eyes")]
    assert other.forge.standing(asked) == Standing(Level.READ)
    assert other.forge.standing(replace(asked, actor="dev")).level is Level.WRITE


@pytest.mark.parametrize("kind", ["", "lost", "lost_502"])
def test_answers_are_given_once(other: IndependentStage, kind: str) -> None:
    ref = other.open_change(BEFORE, AFTER)
    change = other.forge.change(ref)
    other.forge.open_threads(change, [thread(change, "service1/Dockerfile", 3)], "One thing.")
    (ours,) = other.forge.change(ref).threads
    words, mark = "Words.", answer_marker("guid-1")
    other.world.gh.comment(other.pull(ref), other.dev, f"{words}\n\n{mark}")
    for comment in (CommentRef("1", "/shipworthy explain", "review", ours.root), None):
        asked = Request(ref, Trigger.COMMAND, "dev", comment=comment)
        unique = f"{words}\n\n{mark if comment else answer_marker('guid-2')}"
        if kind:
            other.world.faults.add(kind, match="^POST .*/(replies|issues/[0-9]+/comments)$", count=1)
        for _ in range(2):
            other.forge.reply(asked, unique)

    posted = other.world.gh.posted(other.pull(ref))
    assert ([len(one["replies"]) for one in posted["threads"]], len(posted["comments"])) == ([1], 1)


def test_deliveries_are_signed_and_read(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    hands = other.world.gh
    hands.comment(other.pull(ref), other.dev, "/recheck")
    review(other.forge, ref, 2)
    (run,) = hands.runs(other.repository)
    hands.rerequest_run(run["obj"], other.dev)

    survey, *read = _requests(other)
    assert (survey.trigger, survey.change) == (Trigger.SURVEY, replace(ref, repository="", number=0))
    assert [one.trigger for one in read] == [Trigger.PUSH, Trigger.COMMAND, Trigger.RERUN]
    assert {one.change for one in read} == {ref}


def test_what_people_do_to_conversations_and_checks_is_read(other: IndependentStage) -> None:
    other.installation.permissions["contents"] = "write"
    ref = other.open_change(BEFORE, AFTER)
    review(other.forge, ref, 2)
    before = len(_requests(other))
    hands, (one, two) = other.world.gh, other.pull(ref).threads
    hands.reply(other.pull(ref), other.dev, one.comments[0], "/shipworthy explain")
    hands.resolve(one, other.dev)
    change = other.forge.change(ref)
    other.forge.close_threads(change, [close_fixed(change.threads[1], change.head)])
    (run,) = hands.runs(other.repository)
    hands.requested_action(run["obj"], other.dev, "accept")
    hands.rerequest_suite(other.repository, change.head, other.dev)
    read = _requests(other)[before:]

    assert [(one.trigger.value, one.order, one.actor) for one in read] == [
        ("command", "", "dev"),
        ("thread", "resolved", "dev"),
        ("command", "/shipworthy accept", "dev"),
        ("rerun", "", "dev"),
    ]
    assert {one.change for one in read} == {ref}
    assert [one.comment.thread for one in read if one.comment] == [change.threads[0].root] * 2
    assert two.comments[0].id == int(change.threads[1].root)


def test_a_trial_merge_gets_a_check_that_can_be_asked_for_again(other: IndependentStage) -> None:
    ref = other.open_change(BEFORE, AFTER)
    hands = other.world.gh
    hands.push(other.repository, "main", changes={"README": "there\n"})
    hands.merge_group(other.repository, [other.pull(ref)])
    trial = _requests(other)[-1]
    for _ in range(2):
        change = other.forge.change(trial.change)
        other.forge.trees(change, everything)
        other.forge.publish_summary(change, summary(annotations=3))
    (run,) = hands.runs(other.repository, trial.change.head)
    hands.rerequest_run(run["obj"], other.dev)

    assert (trial.trigger, len(change.files), run["annotations"]) == (Trigger.MERGE, 30, 3)
    assert (_requests(other)[-1].trigger, _requests(other)[-1].change) == (Trigger.RERUN, trial.change)


def test_settings_that_change_on_a_branch_are_noticed(other: IndependentStage) -> None:
    hands = other.world.gh
    hands.push(other.repository, "main", changes={"README": "there\n"})
    hands.push(other.repository, "main", changes={".shipworthy.yaml": "fail-on: never\n"})

    assert [(one.trigger, one.branch) for one in _requests(other)[1:]] == [(Trigger.SURVEY, "main")]


def _requests(other: IndependentStage) -> list[Request]:
    read = []
    for delivery in _deliveries(other):
        verify(delivery["body"], delivery["headers"]["X-Hub-Signature-256"], [other.app.secret])
        read.append(read_event(delivery["event"], json.loads(delivery["body"]), other.app.id))
    return [one for one in read if one is not None]


def _deliveries(other: IndependentStage) -> list[dict[str, Any]]:
    return list(other.world.github.hooks.deliveries)
