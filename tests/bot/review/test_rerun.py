"""All checks of a commit asked for anew, where the forge does not say of which change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import Gone
from bot.forges.base import ChangeRef, Request, Trigger
from bot.review.run import admit_failure, answer
from tests.bot.dockerfiles import BAD, GOOD
from tests.bot.review.github_scene import GithubScene, github_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[GithubScene]:
    with github_scene(tmp_path) as scene:
        yield scene


def titles(scene: GithubScene, ref: ChangeRef) -> list[str]:
    return [run["title"] for run in scene.runs(scene.head(ref))]


def forget_titles(scene: GithubScene) -> None:
    for run in scene.repository.check_runs.values():
        run["title"] = "as it was"


def test_a_head_that_we_never_saw_is_nobody_s(scene: GithubScene) -> None:
    ref = scene.open(BAD)

    with pytest.raises(Gone):
        scene.rerun_all(scene.head(ref))
    assert scene.stage.stand_in.requests == []


def test_a_closed_change_is_left_alone(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    scene.ask(ref)
    forget_titles(scene)
    scene.stage.close(ref)

    with pytest.raises(Gone):
        scene.rerun_all(scene.head(ref))
    assert titles(scene, ref) == ["as it was"]


def test_who_may_only_read_makes_nothing_anew(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    scene.ask(ref)
    forget_titles(scene)
    scene.repository.permissions["reader"] = "read"

    assert scene.ask(ref, Trigger.RERUN, scene.head(ref), "reader") is None
    assert titles(scene, ref) == ["as it was"]


def test_the_change_is_known_by_its_review(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    scene.ask(ref)
    forget_titles(scene)

    assert scene.rerun_all(scene.head(ref))
    assert titles(scene, ref) == ["1 new problem: 1 warning"]


def test_every_change_with_that_head_is_reviewed(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    twin, closed, other = scene.open_twin(ref), scene.open_twin(ref), scene.open(GOOD + "EXPOSE 8080\n")
    for one in (ref, twin, closed, other):
        scene.ask(one)
    scene.stage.close(closed)
    forget_titles(scene)
    scene.rerun_all(scene.head(ref))

    assert sorted(titles(scene, ref)) == ["1 new problem: 1 warning"] * 2 + ["as it was"]
    assert titles(scene, other) == ["as it was"]


def test_a_trial_merge_is_known_for_one(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    trial = scene.enqueue(ref, {"Dockerfile": GOOD, "README": "a"}, {"Dockerfile": BAD, "README": "a"})
    scene.ask(trial, Trigger.MERGE)
    forget_titles(scene)
    scene.rerun_all(trial.head)

    assert titles(scene, trial) == ["1 new problem: 1 warning"]
    assert scene.runs(scene.head(ref)) == []


@pytest.mark.parametrize("trigger", [Trigger.THREAD, Trigger.CLOSED, Trigger.SURVEY])
def test_of_a_failure_nobody_waits_for_nothing_is_said(scene: GithubScene, trigger: Trigger) -> None:
    admit_failure(Request(scene.open(BAD), trigger), scene.desk, "guid")

    assert scene.stage.stand_in.requests == []


def test_of_a_failure_that_names_no_change_nothing_is_said(scene: GithubScene) -> None:
    place = ChangeRef("github", "acme/shop", 0, "9")
    admit_failure(Request(place, Trigger.RERUN, head="1" * 40), scene.desk, "guid")

    assert scene.stage.stand_in.requests == []


def test_a_change_that_is_closed_is_not_reviewed_for_it(scene: GithubScene) -> None:
    ref = scene.open(BAD)
    scene.stage.close(ref)

    assert answer(Request(ref, Trigger.CLOSED), scene.desk) is None
    assert scene.repository.check_runs == {}
