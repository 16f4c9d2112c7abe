"""What a 202 promises, kept by processes that are killed wherever it hurts: answered once, never twice."""

from __future__ import annotations

import pytest

from tests.bot.forges.stand_in import Fault, Gate
from tests.bot.processes import DEADLINE_SECONDS
from tests.bot.whole_road.road import let_time_go_by
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process


def hold(scene: Scene, match: str, *, is_done: bool) -> Gate:
    """Where the next such request about the scene is held; nobody will hear its answer."""
    gate = Gate()
    line = match.format(scene.name)
    scene.road.stand_in.faults.append(Fault(line, is_done=is_done, gate=gate))
    return gate


def answered_once(scene: Scene) -> bool:
    places = [("Dockerfile", LATEST_LINE)]
    return (len(scene.pull.reviews), scene.places, scene.run["conclusion"]) == (1, places, "neutral")


@pytest.mark.parametrize(
    ("match", "is_done"),
    [
        pytest.param("GET /repos/{}/compare/", False, id="while it reads"),
        pytest.param("POST /repos/{}/pulls/1/reviews", False, id="before anything is posted"),
        pytest.param("POST /repos/{}/pulls/1/reviews", True, id="before it hears that its review was taken"),
        pytest.param("POST /repos/{}/check-runs", False, id="between review and check run"),
        pytest.param("POST /repos/{}/check-runs", True, id="before it hears that its check run was taken"),
    ],
)
def test_the_worker_is_killed(either_scene: Scene, match: str, is_done: bool) -> None:
    scene = either_scene
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    gate = hold(scene, match, is_done=is_done)
    guid = scene.tell("opened")
    assert gate.arrived.wait(DEADLINE_SECONDS)
    scene.road.worker.kill()
    gate.open()
    let_time_go_by(scene.road.engine)
    scene.road.worker.start()

    assert scene.road.answered(guid) == "done"
    assert answered_once(scene)


def test_web_is_killed_right_after_its_202(either_scene: Scene) -> None:
    scene = either_scene
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    gate = hold(scene, "GET /repos/{}/compare/", is_done=False)
    guid = scene.tell("opened")
    scene.road.web.kill()
    gate.open()

    assert scene.road.answered(guid) == "done"
    assert answered_once(scene)
    scene.road.web.start()
    scene.road.wait_for_web()


def test_a_push_while_the_old_head_is_reviewed_is_the_one_that_is_answered(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    gate = hold(scene, "GET /repos/{}/git/trees/", is_done=True)
    older = scene.tell("opened")
    assert gate.arrived.wait(DEADLINE_SECONDS)
    scene.push({"Dockerfile": "# moved\n" + scene.wrong()})
    newer = scene.tell("synchronize")
    gate.open()

    assert (scene.road.answered(older), scene.road.answered(newer)) == ("superseded", "done")
    assert (len(scene.pull.threads), scene.run["title"]) == (1, "1 new problem: 1 warning")
