"""What people see in a merge queue: a verdict on the trial merge, and no words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import Gone
from bot.forges.base import ChangeRef, Conclusion, Request, Trigger
from bot.review.run import admit_failure
from tests.bot.dockerfiles import BAD, GOOD
from tests.bot.review.github_scene import GithubScene, github_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[GithubScene]:
    with github_scene(tmp_path) as scene:
        yield scene


def enqueue(scene: GithubScene, ref: ChangeRef, dockerfile: str) -> ChangeRef:
    meanwhile = {"Dockerfile": GOOD, "README": "here\n"}
    return scene.enqueue(ref, meanwhile, {**meanwhile, "Dockerfile": dockerfile})


def test_a_clean_trial_passes(scene: GithubScene) -> None:
    trial = enqueue(scene, scene.open(GOOD + "EXPOSE 8080\n"), GOOD + "EXPOSE 8080\n")
    outcome = scene.ask(trial, Trigger.MERGE)

    assert outcome
    assert outcome.conclusion is Conclusion.SUCCESS
    assert [run["conclusion"] for run in scene.runs(trial.head)] == ["success"]


def test_a_trial_of_nothing_to_check_is_answered_too(scene: GithubScene) -> None:
    ref = scene.stage.open_change({"README": "a"}, {"README": "b"})
    trial = scene.enqueue(ref, {"README": "a", "LICENSE": "c"}, {"README": "b", "LICENSE": "c"})
    scene.ask(trial, Trigger.MERGE)

    assert [run["conclusion"] for run in scene.runs(trial.head)] == ["skipped"]


def test_a_mistake_of_the_branch_is_not_held_against_it(scene: GithubScene) -> None:
    ref = scene.open(GOOD + "EXPOSE 8080\n")
    trial = scene.enqueue(ref, {"Dockerfile": BAD}, {"Dockerfile": BAD + "EXPOSE 8080\n"})
    outcome = scene.ask(trial, Trigger.MERGE)

    assert outcome
    assert outcome.conclusion is Conclusion.SUCCESS


def test_a_mistake_is_annotated_and_not_talked_about(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    trial = enqueue(scene, ref, BAD)
    scene.ask(trial, Trigger.MERGE)
    (run,) = scene.runs(trial.head)

    assert (run["conclusion"], run["title"]) == ("neutral", "1 new problem: 1 warning")
    assert [(one["path"], one["start_line"]) for one in run["annotations"]] == [("Dockerfile", 6)]
    assert (scene.stage.pull(ref).reviews, scene.stage.pull(ref).threads) == ([], [])


def test_a_rerun_renews_the_trial_s_check_alone(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    trial = enqueue(scene, ref, BAD)
    for trigger in (Trigger.MERGE, Trigger.RERUN):
        scene.ask(trial, trigger)

    assert [len(run["annotations"]) for run in scene.runs(trial.head)] == [1]
    assert scene.runs(scene.head(ref)) == []


def test_recheck_on_the_change_works_after_its_trial_failed(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    scene.ask(ref)
    trial = enqueue(scene, ref, BAD)
    scene.ask(trial, Trigger.MERGE)
    (own,), (queued,) = scene.runs(scene.head(ref)), scene.runs(trial.head)
    own["title"] = queued["title"] = "as it was"

    assert scene.say(ref, "/recheck")
    assert (own["title"], queued["title"]) == ("1 new problem: 1 warning", "as it was")
    assert len(scene.stage.pull(ref).threads) == 1


def test_what_the_trial_found_is_no_news_about_the_change(scene: GithubScene) -> None:
    """Its review is on record for itself alone: the change's own conversation is begun all the same."""
    ref = scene.open(BAD)
    scene.ask(enqueue(scene, ref, BAD), Trigger.MERGE)
    scene.ask(ref)

    assert len(scene.stage.pull(ref).threads) == 1


def test_a_failure_of_ours_is_admitted_where_the_queue_waits(scene: GithubScene) -> None:
    ref = scene.open(GOOD)
    trial = enqueue(scene, ref, GOOD)
    admit_failure(Request(trial, Trigger.MERGE), scene.desk, "guid")

    assert [run["conclusion"] for run in scene.runs(trial.head)] == ["neutral"]
    assert scene.runs(scene.head(ref)) == []


def test_a_trial_that_was_thrown_away_ends_quietly(scene: GithubScene) -> None:
    trial = enqueue(scene, scene.open(BAD), BAD)
    del scene.repository.commits[trial.head]

    with pytest.raises(Gone):
        scene.ask(trial, Trigger.MERGE)
    assert scene.repository.check_runs == {}
