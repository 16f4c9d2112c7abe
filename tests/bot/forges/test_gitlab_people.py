"""Who may order what on GitLab, and how they are answered."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import TryLater
from bot.forges.base import CommentRef, Level, Reaction, Request, Standing, Trigger
from bot.review.markers import marker
from tests.bot.forges.drafts import thread
from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_forge
from tests.bot.forges.gitlab_stand_in.world import BOT, Note
from tests.bot.forges.stand_in.fault import LOST, Fault


def asked(gitlab: GitlabStage, user: int | str = "", thread: str = "") -> tuple[Request, Note]:
    ref = gitlab.open_change({"a": "1\n"}, {"a": "2\n"})
    note = gitlab.stand_in.world.say(gitlab.request(ref), gitlab.request(ref).author, "/recheck").notes[0]
    comment = CommentRef(str(note.id), note.body, "note", thread)
    return Request(ref, Trigger.COMMAND, "ann", comment=comment, actor_id=str(user)), note


@pytest.mark.parametrize(
    ("access", "level"),
    [
        (60, Level.WRITE),
        (50, Level.WRITE),
        (40, Level.WRITE),
        (30, Level.WRITE),
        (20, Level.TRIAGE),
        (15, Level.READ),
        (10, Level.READ),
        (5, Level.NONE),
        (0, Level.NONE),
    ],
)
def test_roles_are_levels(gitlab: GitlabStage, access: int, level: Level) -> None:
    user = gitlab.stand_in.world.user("ann")
    gitlab.stand_in.world.join(gitlab.project, user, access)

    assert gitlab.forge.standing(asked(gitlab, user)[0]) == Standing(level)


@pytest.mark.parametrize(("visibility", "level"), [("public", Level.READ), ("internal", Level.NONE)])
def test_who_is_no_member_reads_what_is_open_to_all(
    gitlab: GitlabStage, visibility: str, level: Level
) -> None:
    gitlab.project.visibility = visibility

    assert gitlab.forge.standing(asked(gitlab, gitlab.stand_in.world.user("ann"))[0]).level is level


def test_the_author_is_known_by_number(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab)
    author = gitlab.request(request.change).author
    gitlab.stand_in.world.join(gitlab.project, author, 10)

    assert gitlab.forge.standing(dataclasses.replace(request, actor_id=str(author))) == Standing(
        Level.READ, True
    )


@pytest.mark.parametrize("number", ["", "ann", "7 ", "-7", "٧", "7/../8", "9" * 30])
def test_nobody_is_vouched_for_without_a_number(gitlab: GitlabStage, number: str) -> None:
    assert gitlab.forge.standing(asked(gitlab, number)[0]) == Standing(Level.NONE)


@pytest.mark.parametrize("name", ["project_12_bot_0a1b", "group_7_bot", "service_account_group_7_0a1b"])
def test_a_program_gives_no_orders(gitlab: GitlabStage, name: str) -> None:
    request = dataclasses.replace(asked(gitlab, BOT)[0], actor=name)

    assert gitlab.forge.standing(request) == Standing(Level.NONE)


@pytest.mark.parametrize(
    ("user", "words", "is_us"),
    [
        pytest.param(BOT, "/recheck\n\n<!-- shipworthy:v1 answer=1 -->", True, id="our comment"),
        pytest.param(BOT, "/recheck", False, id="a person whose token we use"),
        pytest.param(BOT + 1, "/recheck\n\n<!-- shipworthy:v1 answer=1 -->", False, id="a copy of ours"),
    ],
)
def test_our_own_comments_are_known_by_number_and_mark(
    gitlab: GitlabStage, user: int, words: str, is_us: bool
) -> None:
    request = asked(gitlab, user)[0]
    comment = dataclasses.replace(request.comment or CommentRef("1", ""), body=words)

    assert gitlab.forge.standing(dataclasses.replace(request, comment=comment)).is_us is is_us


@pytest.mark.parametrize("state", ["blocked", "awaiting"])
def test_a_member_who_is_not_active_may_nothing(gitlab: GitlabStage, state: str) -> None:
    user = gitlab.stand_in.world.user("ann")
    gitlab.stand_in.world.join(gitlab.project, user, 40, state)

    assert gitlab.forge.standing(asked(gitlab, user)[0]) == Standing(Level.NONE)


def test_a_refusal_is_no_permission(gitlab: GitlabStage) -> None:
    gitlab.stand_in.faults.append(Fault("members", status=403))

    assert gitlab.forge.standing(asked(gitlab, BOT)[0]) == Standing(Level.NONE)


def test_an_outage_is_no_permission_either(gitlab: GitlabStage) -> None:
    gitlab.stand_in.faults.append(Fault("members", status=500, times=3))

    with pytest.raises(TryLater):
        gitlab.forge.standing(asked(gitlab, BOT)[0])


def test_a_level_is_remembered_for_a_while(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab, BOT)
    for _ in range(3):
        gitlab.forge.standing(request)

    assert gitlab.stand_in.asked("members") == 1


@pytest.mark.parametrize(
    ("reaction", "sign"),
    [(Reaction.SEEN, "eyes"), (Reaction.DONE, "thumbsup"), (Reaction.REFUSED, "confused")],
)
def test_signs(gitlab: GitlabStage, reaction: Reaction, sign: str) -> None:
    request, note = asked(gitlab)
    for _ in range(2):
        gitlab.forge.react(request, reaction)

    assert note.awards == [(BOT, sign)]


def test_a_comment_that_is_gone_gets_no_sign(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab)
    gitlab.request(request.change).discussions.clear()
    gitlab.forge.react(request, Reaction.SEEN)
    gitlab.forge.react(dataclasses.replace(request, comment=None), Reaction.SEEN)

    assert gitlab.stand_in.asked("award_emoji") == 1


ANSWER = "It means this.\n\n<!-- answer 1 -->"


def test_an_answer_stands_below_the_merge_request(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab)
    gitlab.forge.reply(request, ANSWER)

    assert gitlab.notes(request.change) == ["/recheck", ANSWER]


def test_an_answer_stands_in_its_discussion(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab)
    change = gitlab.forge.change(request.change)
    gitlab.forge.open_threads(change, [thread(change, "a", 1)], "One.")
    discussion = gitlab.request(request.change).discussions[-1]
    comment = dataclasses.replace(request.comment or CommentRef("1", ""), thread=discussion.id)
    gitlab.forge.reply(dataclasses.replace(request, comment=comment), ANSWER)

    assert [note.body for note in discussion.notes][1:] == [ANSWER]
    assert gitlab.forge.change(request.change).threads[0].root == discussion.id
    assert not gitlab.forge.change(request.change).threads[0].has_replies


@pytest.mark.parametrize("status", [LOST, 502], ids=["cut off", "a gateway's error"])
def test_an_answer_whose_fate_was_lost_is_given_once(gitlab: GitlabStage, status: int) -> None:
    request, _ = asked(gitlab)
    gitlab.stand_in.faults.append(Fault("POST .*/notes$", status=status, is_done=True))
    for one in (gitlab.forge, gitlab.forge, gitlab_forge(gitlab.stand_in)):
        one.reply(request, ANSWER)

    assert gitlab.notes(request.change) == ["/recheck", ANSWER]


def test_an_answer_that_was_lost_is_given_later(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab)
    gitlab.stand_in.faults.append(Fault("POST .*/notes$"))
    with pytest.raises(TryLater):
        gitlab.forge.reply(request, ANSWER)
    gitlab.forge.reply(request, ANSWER)

    assert gitlab.notes(request.change) == ["/recheck", ANSWER]


def test_a_discussion_that_is_gone_needs_no_answer(gitlab: GitlabStage) -> None:
    request, _ = asked(gitlab, thread="0" * 40)
    gitlab.forge.reply(request, ANSWER)

    assert gitlab.notes(request.change) == ["/recheck"]


def test_somebody_who_says_the_same_does_not_answer_for_us(gitlab: GitlabStage) -> None:
    request, note = asked(gitlab)
    gitlab.stand_in.world.say(gitlab.request(request.change), note.author, ANSWER)
    gitlab.forge.reply(request, ANSWER)

    assert gitlab.notes(request.change).count(ANSWER) == 2


def test_thumbs_are_counted_but_for_our_own(gitlab: GitlabStage) -> None:
    world, ref = gitlab.stand_in.world, gitlab.open_change({"a": "1\n"}, {"a": "2\n"})
    said = [
        world.say(gitlab.request(ref), BOT, f"Bad.\n\n{marker(fingerprint, 'some-rule', '0' * 40)}")
        for fingerprint in ("aaaaaaaa", "bbbbbbbb")
    ]
    said[0].notes[0].awards += [
        (1, "thumbsdown"),
        (2, "thumbsdown"),
        (3, "thumbsup"),
        (BOT, "thumbsup"),
        (4, "tada"),
    ]

    assert [(vote.fingerprint, vote.up, vote.down) for vote in gitlab.forge.votes(ref)] == [
        ("aaaaaaaa", 1, 2),
        ("bbbbbbbb", 0, 0),
    ]
