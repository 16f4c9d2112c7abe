"""Who may command, and signs in answer."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import TryLater
from bot.forges.base import CommentRef, Level, Reaction, Request, Trigger
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import Fault


@pytest.fixture
def asked(github: GithubStage) -> Request:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    github.repository.permissions |= {
        "boss": "admin",
        "writer": "write",
        "reader": "read",
        "triager": "triage",
        "dev": "read",
        "renovate[bot]": "admin",
    }
    return Request(ref, Trigger.COMMAND, "", comment=CommentRef("12", "/recheck", "issue"))


@pytest.mark.parametrize(
    ("actor", "level"),
    [
        pytest.param("", Level.NONE, id="nobody"),
        pytest.param("stranger", Level.NONE, id="a stranger"),
        pytest.param("reader", Level.READ, id="a reader"),
        pytest.param("triager", Level.TRIAGE, id="a triager"),
        pytest.param("writer", Level.WRITE, id="a writer"),
        pytest.param("boss", Level.WRITE, id="an administrator"),
        pytest.param("dev", Level.READ, id="the author, a reader"),
        pytest.param("renovate[bot]", Level.NONE, id="a program"),
    ],
)
def test_what_people_may(github: GithubStage, asked: Request, actor: str, level: Level) -> None:
    standing = github.forge.standing(dataclasses.replace(asked, actor=actor))

    assert (standing.level, standing.level < Level.WRITE and standing.is_author) == (level, actor == "dev")


def test_an_answer_is_remembered(github: GithubStage, asked: Request) -> None:
    for _ in range(2):
        github.forge.standing(dataclasses.replace(asked, actor="writer"))

    assert github.stand_in.asked("/permission") == 1


def test_where_the_forge_cannot_tell_now_the_question_waits(github: GithubStage, asked: Request) -> None:
    github.stand_in.faults.append(Fault("/permission", 502, times=9))

    with pytest.raises(TryLater):
        github.forge.standing(dataclasses.replace(asked, actor="writer"))


@pytest.mark.parametrize(
    ("kind", "reaction", "put"),
    [
        ("issue", Reaction.SEEN, ("issues", 12, "eyes")),
        ("issue", Reaction.DONE, ("issues", 12, "+1")),
        ("review", Reaction.REFUSED, ("pulls", 12, "confused")),
        ("issue", Reaction.FAILED, ("issues", 12, "-1")),
    ],
)
def test_signs_are_put_on_the_comment(
    github: GithubStage, asked: Request, kind: str, reaction: Reaction, put: tuple[str, int, str]
) -> None:
    github.forge.react(dataclasses.replace(asked, comment=CommentRef("12", "", kind)), reaction)

    assert github.repository.reactions == [put]


@pytest.mark.parametrize("status", [403, 404], ids=["locked", "deleted"])
def test_a_comment_out_of_reach_stops_nothing(github: GithubStage, asked: Request, status: int) -> None:
    github.stand_in.faults.append(Fault("/reactions", status, {}, {"message": "no"}))
    github.forge.react(asked, Reaction.SEEN)

    assert github.repository.reactions == []


def test_a_request_without_a_comment_gets_no_sign(github: GithubStage, asked: Request) -> None:
    github.forge.react(dataclasses.replace(asked, comment=None), Reaction.SEEN)

    assert github.stand_in.requests == []


def test_a_renamed_repository_is_followed(github: GithubStage, asked: Request) -> None:
    github.stand_in.world.renamed["acme/old"] = "acme/shop"
    old = dataclasses.replace(asked, change=dataclasses.replace(asked.change, repository="acme/old"))
    github.forge.react(old, Reaction.SEEN)

    assert github.repository.reactions == [("issues", 12, "eyes")]
    assert github.forge.standing(dataclasses.replace(old, actor="writer")).level is Level.WRITE
