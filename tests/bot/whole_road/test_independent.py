"""What people see on a GitHub that was written without a look at our code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.whole_road.independent import IndependentRoad, IndependentScene, open_independent_road
from tests.bot.whole_road.scene import DOCKERFILE, LATEST_LINE

pytestmark = pytest.mark.process

CLEAN = DOCKERFILE.format(name="app")
WRONG = CLEAN.replace("alpine:3.22\n", "alpine:latest\n")


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndependentRoad]:
    with open_independent_road(tmp_path_factory.mktemp("independent")) as road:
        yield road


@pytest.fixture
def scene(road: IndependentRoad) -> IndependentScene:
    return road.scene()


def test_a_clean_change_is_left_in_peace(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": CLEAN + "EXPOSE 8080\n"})

    assert (scene.judged()["conclusion"], scene.threads) == ("success", [])


def test_a_mistake_is_said_once_and_its_fix_seen(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    first = scene.judged()
    scene.push({"Dockerfile": CLEAN})
    second = scene.judged()

    assert (first["conclusion"], second["conclusion"]) == ("neutral", "success")
    assert scene.places == [("Dockerfile", LATEST_LINE)]
    assert scene.threads[0]["resolved"] or scene.threads[0]["minimized"]


@pytest.mark.parametrize("fault", ["lost", "lost_502"])
def test_an_answer_that_is_lost_makes_no_second_review(scene: IndependentScene, fault: str) -> None:
    pattern = rf"^POST .*/{scene.repository.name}/pulls/\d+/reviews$"
    scene.road.world.faults.add(fault, match=pattern, count=1)
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})

    assert scene.judged()["conclusion"] == "neutral"
    assert scene.places == [("Dockerfile", LATEST_LINE)]


def test_a_fork_is_reviewed(scene: IndependentScene) -> None:
    scene.hands.push(scene.repository, "main", changes={"Dockerfile": CLEAN})
    fork = scene.hands.fork(scene.repository, "stranger")
    stranger = scene.hands.user("stranger")
    scene.hands.push(fork, "theirs", changes={"Dockerfile": WRONG}, user=stranger)
    scene.pull = scene.hands.open_pr(scene.repository, "theirs", stranger, head_repo=fork)

    assert scene.judged()["conclusion"] == "neutral"
    assert scene.places == [("Dockerfile", LATEST_LINE)]


def test_recheck_is_answered_by_right(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    reader = scene.hands.collaborator(scene.repository, "reader", "read")
    asked = scene.hands.comment(scene.pull, scene.dev, "/recheck")
    scene.answered(["eyes", "+1"], asked)
    refused = scene.hands.comment(scene.pull, reader, "/recheck")

    scene.answered(["confused"], refused)
    assert len(scene.threads) == 1


def test_orders_are_carried_out_and_answered(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    reader = scene.hands.collaborator(scene.repository, "reader", "read")
    asked = scene.hands.comment(scene.pull, reader, "/shipworthy explain base-image-latest")
    scene.answered(["eyes", "+1"], asked)
    ordered = scene.hands.comment(scene.pull, scene.dev, "/shipworthy ignore base-image-latest rebuilt daily")
    scene.answered(["eyes", "+1"], ordered)

    (answer,) = scene.hands.posted(scene.pull)["comments"]
    assert "/rules/base-image-latest" in answer["body"]
    assert scene.judged()["conclusion"] == "success"
    assert "rebuilt daily (ignored by dev)" in scene.judged()["summary"]


def test_a_forced_push_keeps_the_conversation(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    start = scene.hands.tip(scene.repository, "main")
    moved = scene.hands.commit(scene.repository, start, {"Dockerfile": "# Built daily.\n" + WRONG})
    scene.push({}, sha=moved, force=True)

    assert scene.judged()["title"] == "1 new problem: 1 warning"
    assert len(scene.threads) == 1
