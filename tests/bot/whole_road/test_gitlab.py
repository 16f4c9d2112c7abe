"""What people see on GitLab, from the webhook to the resolved discussion, with processes that are killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.forges.gitlab_stand_in import GitlabStandIn
from tests.bot.forges.stand_in import Fault, Gate
from tests.bot.processes import DEADLINE_SECONDS
from tests.bot.whole_road.gitlab import GitlabRoad, GitlabScene, open_gitlab_road
from tests.bot.whole_road.road import let_time_go_by

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GitlabRoad, GitlabStandIn]]:
    with open_gitlab_road(tmp_path_factory.mktemp("gitlab")) as road:
        yield road


@pytest.fixture
def scene(road: tuple[GitlabRoad, GitlabStandIn]) -> GitlabScene:
    return GitlabScene(*road)


def test_a_clean_change_is_left_in_peace(scene: GitlabScene) -> None:
    scene.propose({"Dockerfile": scene.clean}, {"Dockerfile": scene.clean + "EXPOSE 8080\n"})

    assert scene.road.answered(scene.tell("open")) == "done"
    assert (scene.request.discussions, scene.states) == ([], ["success"])


def test_a_mistake_is_said_and_its_fix_seen(scene: GitlabScene) -> None:
    scene.propose({"Dockerfile": scene.clean}, {"Dockerfile": scene.worse})
    scene.road.answered(scene.tell("open"))
    said = scene.places
    scene.road.answered(scene.push({"Dockerfile": scene.clean + "EXPOSE 8080\n"}))

    assert said == [("Dockerfile", 2), ("Dockerfile", 7)]
    assert all(one.resolved_by for one in scene.request.discussions if not one.is_individual)
    assert [note.partition("\n")[0] for note in scene.notes] == ["All problems are fixed (was 2)."]
    assert scene.request.notifications == [2, 1]


@pytest.mark.parametrize(("level", "sign"), [(20, "thumbsup"), (10, "confused")])
def test_an_order_is_answered_by_what_the_person_may(scene: GitlabScene, level: int, sign: str) -> None:
    scene.propose({"Dockerfile": scene.clean}, {"Dockerfile": scene.wrong})
    key, note = scene.say("/recheck", level)
    scene.road.answered(key)

    assert sign in [name for _, name in note.awards]


@pytest.mark.parametrize(
    ("match", "is_done"),
    [
        pytest.param("POST .*/draft_notes$", True, id="with one draft made"),
        pytest.param("POST .*/bulk_publish", False, id="with all drafts made"),
        pytest.param("POST .*/bulk_publish", True, id="before it hears that they are published"),
        pytest.param("POST .*/notes$", True, id="before it hears that its note was taken"),
        pytest.param("POST .*/statuses/", False, id="between note and status"),
    ],
)
def test_the_worker_is_killed(scene: GitlabScene, match: str, is_done: bool) -> None:
    scene.propose({"Dockerfile": scene.clean}, {"Dockerfile": scene.worse})
    gate = Gate()
    scene.stand_in.faults.append(Fault(match, is_done=is_done, gate=gate))
    key = scene.tell("open")
    assert gate.arrived.wait(DEADLINE_SECONDS)
    scene.road.worker.kill()
    gate.open()
    let_time_go_by(scene.road.engine)
    scene.road.worker.start()

    assert scene.road.answered(key) == "done"
    assert (scene.places, len(scene.notes)) == ([("Dockerfile", 2), ("Dockerfile", 7)], 1)
    assert (scene.request.drafts, scene.states) == ([], ["success"])
