"""What a review says to all on GitLab: one note, edited in place, and the commit's status."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.errors import NotAllowed, TryLater
from bot.forges.base import ChangeRef, Conclusion, Summary
from bot.forges.gitlab_note import read_mark, write_note
from tests.bot.forges.gitlab_stage import GitlabStage
from tests.bot.forges.gitlab_stand_in.world import BOT
from tests.bot.forges.stand_in.fault import LOST, Fault

BAD = Summary(Conclusion.FAILURE, "2 new problems: 2 errors", "| a table |", problems=2)
MILD = Summary(Conclusion.NEUTRAL, "1 new problem: 1 warning", "| a row |", problems=1)
CLEAN = Summary(Conclusion.SUCCESS, "No problems in 4 files", "Checked 4 files.")
NOTHING = Summary(Conclusion.SKIPPED, "Nothing to check", "Nothing.")
OLD = Summary(Conclusion.NEUTRAL, "First look: 4 known problems", "| a table |", is_old_news=True)
BROKEN = Summary(Conclusion.NEUTRAL, "The review could not finish", "It broke.")

CANCELLED = Summary(Conclusion.CANCELLED, "Superseded", "By another.")

LEFT = "Nothing to check.\n\n<!-- shipworthy:summary problems=2 -->"
FIXED = "All problems are fixed (was 2).\n\n<!-- shipworthy:summary problems=2 -->"
TABLE = "### Shipworthy: 2 new problems: 2 errors\n\n| a table |\n\n<!-- shipworthy:summary problems=2 -->"


def opened(gitlab: GitlabStage) -> ChangeRef:
    return gitlab.open_change({"Dockerfile": "FROM a\n"}, {"Dockerfile": "FROM b\n"})


def publish(gitlab: GitlabStage, ref: ChangeRef, *summaries: Summary) -> None:
    for summary in summaries:
        gitlab.forge.publish_summary(gitlab.forge.change(ref), summary)


def statuses(gitlab: GitlabStage) -> list[dict[str, Any]]:
    return gitlab.project.statuses


@pytest.mark.parametrize(
    ("summaries", "notes"),
    [
        pytest.param([CLEAN, NOTHING], [], id="never a problem, never a note"),
        pytest.param([OLD], [], id="only old ones"),
        pytest.param([BAD, OLD], [FIXED], id="fixed, beside old ones"),
        pytest.param([BAD], [TABLE], id="problems"),
        pytest.param([BAD, BAD], [TABLE], id="the same again"),
        pytest.param([BAD, CLEAN], [FIXED], id="fixed"),
        pytest.param([BAD, CLEAN, CLEAN], [FIXED], id="still fixed"),
        pytest.param([BAD, NOTHING], [LEFT], id="nothing to look at any more"),
        pytest.param([BAD, CANCELLED], [TABLE], id="a review that was called off"),
        pytest.param([CANCELLED], [], id="a first one that was called off"),
        pytest.param([BAD, CLEAN, BAD], [TABLE], id="back again"),
        pytest.param([BAD, BROKEN, CLEAN], [FIXED], id="a review that broke in between"),
        pytest.param([MILD, BAD, CLEAN], [FIXED], id="more and then none"),
    ],
)
def test_one_note_follows_the_change(gitlab: GitlabStage, summaries: list[Summary], notes: list[str]) -> None:
    ref = opened(gitlab)
    publish(gitlab, ref, *summaries)

    assert gitlab.notes(ref) == notes
    assert gitlab.request(ref).notifications == [1] * len(notes)


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [
        pytest.param("Checked 4 files in 1.8 s. Fine.", "Checked 4 files in 0.4 s. Fine.", 0, id="time"),
        pytest.param(f"(/reviews/{'a' * 32}#x)", f"(/reviews/{'b' * 32}#x)", 0, id="the page"),
        pytest.param("| It. · commented |", "| It. · commented earlier |", 0, id="who said it first"),
        pytest.param("| It. · commented |", "| It. |", 1, id="not said any more"),
        pytest.param("at `aaaaaaa`", "at `bbbbbbb`", 1, id="another commit"),
    ],
)
def test_a_note_that_would_say_the_same_is_left_alone(
    gitlab: GitlabStage, first: str, second: str, edits: int
) -> None:
    ref = opened(gitlab)
    for body in (first, second):
        publish(gitlab, ref, dataclasses.replace(BAD, body=body))

    assert gitlab.stand_in.asked("PUT") == edits


def test_somebody_elses_note_with_our_mark_is_not_touched(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.world.say(gitlab.request(ref), gitlab.request(ref).author, TABLE)
    publish(gitlab, ref, CLEAN)

    assert gitlab.notes(ref) == [TABLE]


def test_a_note_that_somebody_deleted_is_written_anew(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    publish(gitlab, ref, MILD)
    change = gitlab.forge.change(ref)
    gitlab.request(ref).discussions.clear()
    gitlab.forge.publish_summary(change, BAD)

    assert gitlab.notes(ref) == [TABLE]


@pytest.mark.parametrize("status", [LOST, 502], ids=["cut off", "a gateway's error"])
@pytest.mark.parametrize("place", ["notes", "statuses/\\w+"])
def test_an_answer_that_was_lost_doubles_nothing(gitlab: GitlabStage, place: str, status: int) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.faults.append(Fault(f"POST .*/{place}$", status=status, is_done=True))
    publish(gitlab, ref, BAD)

    assert (gitlab.notes(ref), len(statuses(gitlab))) == ([TABLE], 1)


@pytest.mark.parametrize("place", ["notes", "statuses/\\w+"])
def test_a_request_that_was_lost_is_made_again_later(gitlab: GitlabStage, place: str) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.faults.append(Fault(f"POST .*/{place}$"))
    with pytest.raises(TryLater):
        publish(gitlab, ref, BAD)
    publish(gitlab, ref, BAD)

    assert (gitlab.notes(ref), len(statuses(gitlab))) == ([TABLE], 1)


@pytest.mark.parametrize(
    ("conclusion", "state"),
    [
        (Conclusion.SUCCESS, "success"),
        (Conclusion.NEUTRAL, "success"),
        (Conclusion.SKIPPED, "success"),
        (Conclusion.FAILURE, "failed"),
        (Conclusion.CANCELLED, "canceled"),
    ],
)
def test_the_status_says_how_it_went(gitlab: GitlabStage, conclusion: Conclusion, state: str) -> None:
    ref = opened(gitlab)
    publish(gitlab, ref, Summary(conclusion, "A title", "", details_url="https://bot.example.com/r/1"))
    (status,) = statuses(gitlab)

    assert {name: status[name] for name in ("status", "name", "description", "target_url", "ref", "sha")} == {
        "status": state,
        "name": "shipworthy",
        "description": "A title",
        "target_url": "https://bot.example.com/r/1",
        "ref": "feature",
        "sha": gitlab.request(ref).head,
    }


def test_a_long_title_is_cut_to_what_a_status_holds(gitlab: GitlabStage) -> None:
    publish(gitlab, opened(gitlab), dataclasses.replace(CLEAN, title="é" * 300))

    assert statuses(gitlab)[0]["description"] == "é" * 254 + "…"


def test_a_status_that_stands_already_is_as_good_as_a_new_one(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    no = {"message": "Cannot transition status via :enqueue from :success (Reason(s): ...)"}
    gitlab.stand_in.faults.append(Fault("statuses", status=400, body=no))
    publish(gitlab, ref, CLEAN)

    assert gitlab.stand_in.asked("POST .*statuses") == 1


def test_another_refusal_is_told(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.faults.append(Fault("statuses", status=400, body={"message": "target_url is blocked"}))

    with pytest.raises(NotAllowed, match="target_url is blocked"):
        publish(gitlab, ref, CLEAN)


def test_a_missing_right_is_told(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.stand_in.world.join(gitlab.project, BOT, 20)

    with pytest.raises(NotAllowed):
        publish(gitlab, ref, CLEAN)


@pytest.mark.parametrize("has_graphql", [True, False], ids=["GraphQL", "REST"])
def test_it_joins_the_pipeline_that_the_merge_request_shows(gitlab: GitlabStage, has_graphql: bool) -> None:
    gitlab.stand_in.world.limits.has_graphql = has_graphql
    ref = opened(gitlab)
    gitlab.request(ref).pipeline = (77, gitlab.request(ref).head)
    publish(gitlab, ref, CLEAN)

    assert [(status["pipeline_id"], "ref" in status) for status in statuses(gitlab)] == [(77, False)]


def test_a_pipeline_of_another_commit_is_not_joined(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.request(ref).pipeline = (77, gitlab.request(ref).base)
    publish(gitlab, ref, CLEAN)

    assert ["pipeline_id" in status for status in statuses(gitlab)] == [False]


def test_a_pipeline_that_is_gone_is_done_without(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.request(ref).pipeline = (77, gitlab.request(ref).head)
    change = gitlab.forge.change(ref)
    gitlab.request(ref).pipeline = None
    gitlab.forge.publish_summary(change, CLEAN)

    assert [status["ref"] for status in statuses(gitlab)] == ["feature"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("words", id="no mark"),
        pytest.param("<!-- shipworthy:summary problems=2 -->\nwords", id="not in the last line"),
        pytest.param("x <!-- shipworthy:summary problems=2 -->", id="something before it"),
        pytest.param("<!-- shipworthy:v1 fp=0badc0de rule=a sha=abcdef0 -->", id="another mark"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_summary_of_ours(body: str) -> None:
    assert read_mark(body) is None


def test_a_note_is_known_by_what_was_written() -> None:
    assert read_mark(write_note(BAD, None) or "") == 2
    assert read_mark(write_note(CLEAN, 3) or "") == 3
