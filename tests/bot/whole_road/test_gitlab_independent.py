"""What people see on a GitLab written without a look at our code; its webhooks come by themselves."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bot.forges.gitlab_independent import check_manners
from tests.bot.forges.independent import missing
from tests.bot.processes import wait_until
from tests.bot.whole_road.gitlab import GitlabRoad
from tests.bot.whole_road.scene import DOCKERFILE

pytestmark = pytest.mark.process

CLEAN = DOCKERFILE.format(name="app")
WRONG = CLEAN.replace("alpine:3.22\n", "alpine:latest\n")
WORSE = WRONG.replace("golang:1.26-alpine3.22", "golang:latest")


class Scene:
    """A project and its last merge request. `world` is the stand-in's control."""

    def __init__(self, world: Any) -> None:
        self.world, self.hands = world, world.gl
        self.project = self.hands.project(
            f"acme/team/shop{len(world.gitlab.projects)}", files={"README": "x\n"}
        )
        self.dev = self.hands.member(self.project, "dev", 30)

    def propose(self, before: str, after: str) -> None:
        self.hands.push(self.project, "main", {"Dockerfile": before})
        self.request = self.hands.mr_from(self.project, "feature", {"Dockerfile": after}, self.dev)

    def push(self, dockerfile: str) -> None:
        self.hands.push(self.project, "feature", {"Dockerfile": dockerfile}, user=self.dev)

    def judged(self) -> dict[str, Any]:
        """The finished status of the present head, waited for."""
        wait_until(lambda: bool(self._statuses()), "the status is there")
        return dict(self._statuses()[-1])

    def _statuses(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.hands.statuses(self.project, self.request.versions[-1]["head"])
        return [one for one in found if one["name"] == "shipworthy"]

    @property
    def posted(self) -> dict[str, Any]:
        return dict(self.hands.posted(self.request))

    @property
    def places(self) -> list[tuple[str, int]]:
        return sorted((one["path"], one["line"]) for one in self.posted["threads"])


@contextmanager
def open_road(folder: Path) -> Iterator[Any]:
    """Ends in an error where the bot broke one of its rules."""
    if reason := missing():
        pytest.skip(reason)
    control = importlib.import_module("forge.control")
    with control.Forge(root=str(folder / "forge"), github=False) as world:
        world.gl.bot()
        gitlab = world.gitlab
        road = GitlabRoad(world.gitlab_server.url, gitlab.bot_token, gitlab.secret, folder)
        try:
            road.start()
            gitlab.hooks.url = f"{road.address}/webhooks/gitlab"
            yield world
        finally:
            road.end()
        check_manners(world)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with open_road(tmp_path_factory.mktemp("independent")) as world:
        yield world


@pytest.fixture
def scene(world: Any) -> Scene:
    return Scene(world)


def test_a_clean_change_is_left_in_peace(scene: Scene) -> None:
    scene.propose(CLEAN, CLEAN + "EXPOSE 8080\n")

    assert scene.judged()["status"] == "success"
    assert (scene.posted["threads"], scene.posted["notes"]) == ([], [])


def test_a_mistake_is_said_once_and_its_fix_seen(scene: Scene) -> None:
    scene.propose(CLEAN, WORSE)
    first = scene.judged()["description"]
    scene.push(CLEAN + "EXPOSE 8080\n")
    second = scene.judged()["description"]

    assert (first, second) == ("2 new problems: 2 warnings", "No new problems")
    assert scene.places == [("Dockerfile", 2), ("Dockerfile", 7)]
    assert all(one["resolved"] for one in scene.posted["threads"])
    assert [one["body"].partition("\n")[0] for one in scene.posted["notes"]] == [
        "All problems are fixed (was 2)."
    ]


@pytest.mark.parametrize("kind", ["lost", "lost_502"])
@pytest.mark.parametrize("place", ["draft_notes", "draft_notes/bulk_publish", "notes"])
def test_an_answer_that_is_lost_doubles_nothing(scene: Scene, kind: str, place: str) -> None:
    scene.world.faults.add(kind, match=rf"^POST .*/{place}$", count=1)
    scene.propose(CLEAN, WORSE)
    scene.judged()

    assert scene.places == [("Dockerfile", 2), ("Dockerfile", 7)]
    assert (len(scene.posted["notes"]), scene.posted["drafts"]) == (1, [])


@pytest.mark.parametrize(("level", "signs"), [(30, {"eyes", "thumbsup"}), (10, {"confused"})])
def test_an_order_is_answered_by_what_the_person_may(scene: Scene, level: int, signs: set[str]) -> None:
    scene.propose(CLEAN, WRONG)
    scene.judged()
    person = scene.hands.member(scene.project, "ann", level)
    note = scene.hands.note(scene.request, person, "/recheck")

    wait_until(lambda: {one["name"] for one in note.emoji} == signs, f"the signs are {signs}")
