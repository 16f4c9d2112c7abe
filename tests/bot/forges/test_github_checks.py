"""The check run: one for a head, its annotations neither lost nor doubled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import TryLater
from bot.forges.base import Button, Change, ChangeRef
from tests.bot.forges.drafts import summary
from tests.bot.forges.stages import GithubStage
from tests.bot.forges.stand_in import Fault


@pytest.fixture
def ref(github: GithubStage) -> ChangeRef:
    return github.open_change({"Dockerfile": "FROM a\n"}, {"Dockerfile": "FROM b\n"})


@pytest.fixture
def change(github: GithubStage, ref: ChangeRef) -> Change:
    return github.forge.change(ref)


def runs(github: GithubStage) -> list[dict[str, Any]]:
    return list(github.repository.check_runs.values())


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (50, 1), (51, 2), (120, 3)])
def test_annotations_go_fifty_at_a_time(
    github: GithubStage, change: Change, count: int, requests: int
) -> None:
    github.forge.publish_summary(change, summary(annotations=count))
    (run,) = runs(github)

    assert (len(run["annotations"]), github.stand_in.asked("check-runs")) == (count, requests)
    assert (run["status"], run["conclusion"]) == ("completed", "neutral")
    assert run["external_id"] == f"acme/shop#1@{change.head}"


@pytest.mark.parametrize("length", [65_535, 65_536, 65_537], ids=str)
def test_a_summary_is_cut_to_what_github_takes(github: GithubStage, change: Change, length: int) -> None:
    github.forge.publish_summary(change, summary("🐳" * length))
    (run,) = runs(github)

    assert ("Cut here" in run["summary"]) == (length > 65_535)


def test_publishing_again_adds_no_annotation_twice(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.forge.publish_summary(change, summary(annotations=60))
    github.forge.publish_summary(github.forge.change(ref), summary(annotations=70))

    assert [len(run["annotations"]) for run in runs(github)] == [70]


def test_annotations_that_hold_no_more_need_a_new_run(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.forge.publish_summary(change, summary(annotations=3))
    github.forge.publish_summary(github.forge.change(ref), summary(annotations=1))

    assert [len(run["annotations"]) for run in runs(github)] == [3, 1]


@pytest.mark.parametrize("count", [0, 30, 120])
def test_a_lost_answer_makes_no_second_run(github: GithubStage, change: Change, count: int) -> None:
    github.stand_in.faults.append(Fault("POST .*/check-runs", is_done=True))
    github.forge.publish_summary(change, summary(annotations=count))

    assert [(run["status"], len(run["annotations"])) for run in runs(github)] == [("completed", count)]


def test_a_run_that_never_came_is_tried_later(github: GithubStage, change: Change) -> None:
    github.stand_in.faults.append(Fault("POST .*/check-runs", 500))

    with pytest.raises(TryLater):
        github.forge.publish_summary(change, summary())
    assert runs(github) == []


def test_the_run_of_another_change_on_the_same_head_is_left_alone(
    github: GithubStage, change: Change
) -> None:
    github.forge.publish_summary(change, summary("First."))
    twin = github.stand_in.world.pull(github.repository, change.base, change.head)
    other = github.forge.change(ChangeRef("github", "acme/shop", twin.number, "9"))
    github.forge.publish_summary(other, summary("Second."))

    assert [run["summary"] for run in runs(github)] == ["First.", "Second."]


def test_a_run_whose_number_graphql_cannot_tell_is_looked_up(
    github: GithubStage, ref: ChangeRef, change: Change
) -> None:
    github.stand_in.world.has_long_numbers = True
    github.forge.publish_summary(change, summary("First."))
    github.forge.publish_summary(github.forge.change(ref), summary("Second."))

    assert [run["summary"] for run in runs(github)] == ["Second."]


def test_a_run_leads_to_the_review_and_has_buttons(github: GithubStage, change: Change) -> None:
    buttons = (Button("Re-check", "Again", "recheck"), Button("x" * 30, "y" * 60, "z" * 30))
    page = "http://localhost:8080/reviews/1"
    github.forge.publish_summary(change, replace(summary(), details_url=page, buttons=buttons))
    (run,) = runs(github)

    assert run["details_url"] == page
    assert run["actions"] == [
        {"label": "Re-check", "description": "Again", "identifier": "recheck"},
        {"label": "x" * 19 + "…", "description": "y" * 39 + "…", "identifier": "z" * 19 + "…"},
    ]


def test_buttons_come_with_the_last_of_many_requests(github: GithubStage, change: Change) -> None:
    buttons = (Button("Re-check", "Again", "recheck"),)
    github.forge.publish_summary(change, replace(summary(annotations=60), buttons=buttons))
    (run,) = runs(github)

    assert [one["identifier"] for one in run["actions"]] == ["recheck"]


def test_a_renewed_run_has_the_buttons_of_now(github: GithubStage, ref: ChangeRef, change: Change) -> None:
    buttons = (Button("Explain", "What it means", "explain"),)
    github.forge.publish_summary(change, replace(summary(), buttons=buttons))
    github.forge.publish_summary(github.forge.change(ref), summary())
    (run,) = runs(github)

    assert run["actions"] == []
