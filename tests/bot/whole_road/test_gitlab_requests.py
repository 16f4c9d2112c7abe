"""What a review costs in requests to GitLab, all of the analysis included."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.bot.forges.gitlab_stand_in import GitlabStandIn
from tests.bot.whole_road.gitlab import GitlabRoad, GitlabScene, open_gitlab_road

pytestmark = pytest.mark.process

SERVICES = 10


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GitlabRoad, GitlabStandIn]]:
    with open_gitlab_road(tmp_path_factory.mktemp("gitlab")) as road:
        yield road


@pytest.fixture
def scene(road: tuple[GitlabRoad, GitlabStandIn]) -> GitlabScene:
    return GitlabScene(*road)


def tree(scene: GitlabScene, wrong: int, label: int = 1) -> dict[str, str]:
    """Two files a service, the first few with a mistake each."""
    files = {"go.mod": "module shop\n\ngo 1.26\n", "README.md": "Read me.\n"}
    for number in range(SERVICES):
        dockerfile = scene.wrong if number < wrong else scene.clean
        files[f"cmd/service{number}/Dockerfile"] = dockerfile + f"LABEL minor={label}\n"
        files[f"cmd/service{number}/main.go"] = f"package main\n\nfunc main() {{ println({number}) }}\n"
    return files


def cost(scene: GitlabScene, key: str) -> int:
    """Requests of the review that the delivery set off; the rounds ask in other words."""
    assert scene.road.answered(key) == "done"
    ours = rf"/projects/{scene.project.id}/(merge_requests/\d|statuses|repository/(?!commits))|POST /graphql"
    found = sum(bool(re.search(ours, line)) for line in scene.stand_in.requests)
    scene.stand_in.requests.clear()
    return found


@pytest.mark.parametrize(
    ("wrong", "rest", "notes"),
    [pytest.param(0, 4, 0, id="clean"), pytest.param(1, 4, 1, id="one"), pytest.param(3, 5, 1, id="three")],
)
def test_a_first_review(scene: GitlabScene, wrong: int, rest: int, notes: int) -> None:
    """State, diffs, contents and status; publishing where there are several; and what is said."""
    scene.propose(tree(scene, 0), tree(scene, wrong, label=2))
    scene.stand_in.requests.clear()

    assert cost(scene, scene.tell("open")) == rest + wrong + notes
    assert (len(scene.places), len(scene.notes)) == (wrong, notes)


def test_what_follows(scene: GitlabScene) -> None:
    """The same again; a push of one file with nothing new, with a new mistake, and without the mistakes."""
    scene.propose(tree(scene, 0), tree(scene, 2, label=2))
    cost(scene, scene.tell("open"))
    costs = [cost(scene, scene.tell("reopen"))]
    for files in (
        {**tree(scene, 2, label=2), "go.mod": "module shop\n\ngo 1.26.1\n"},
        tree(scene, 3, label=2),
        tree(scene, 0, label=2),
    ):
        costs.append(cost(scene, scene.push(files)))

    state_diffs_status, note = 3, 1
    assert costs == [
        state_diffs_status,
        state_diffs_status + note,
        state_diffs_status + note + 1,
        state_diffs_status + note + 3,
    ]


@pytest.mark.parametrize(("wrong", "rest"), [(0, 3), (1, 4), (3, 5)])
def test_the_next_change_of_a_project(scene: GitlabScene, wrong: int, rest: int) -> None:
    """Contents are known by then; the rest is the note, and publishing where there are several."""
    scene.propose(tree(scene, 0), tree(scene, 0, label=2))
    cost(scene, scene.tell("open"))
    base = scene.request.base
    head = scene.world.commit(scene.project, tree(scene, wrong, label=3), base)
    scene.request = scene.world.open(scene.project, base, head)

    assert cost(scene, scene.tell("open")) == rest + wrong
