"""From the check run to the review's page, also where the worker was killed between them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
import sqlalchemy as sa

from bot.store.tables import reviews
from tests.bot.forges.stand_in import Fault, Gate
from tests.bot.processes import DEADLINE_SECONDS
from tests.bot.whole_road.scene import Scene

pytestmark = pytest.mark.process


def page(scene: Scene) -> str:
    """What a person sees who follows the check run's link."""
    path = urlsplit(scene.run["details_url"]).path
    answer = requests.get(scene.road.address + path, timeout=30)
    assert answer.status_code == 200
    return answer.text


def stored(scene: Scene) -> list[str]:
    """The ids of the repository's reviews."""
    query = sa.select(reviews.c.id).where(reviews.c.repository == scene.name)
    with scene.road.engine.connect() as connection:
        return list(connection.scalars(query))


def test_the_check_run_leads_to_its_review(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})

    assert scene.review() == "done"
    assert f"{scene.name} #1" in page(scene)
    assert "<td>commented</td>" in page(scene)
    assert [button["identifier"] for button in scene.run["actions"]] == ["recheck", "accept", "explain"]


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_a_worker_killed_while_it_publishes_leaves_one_review(scene: Scene, is_done: bool) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    gate = Gate()
    scene.road.stand_in.faults.append(
        Fault(f"POST /repos/{scene.name}/check-runs", is_done=is_done, gate=gate)
    )
    guid = scene.tell("opened")
    assert gate.arrived.wait(DEADLINE_SECONDS)
    scene.road.worker.kill()
    gate.open()
    scene.road.worker.start()

    assert scene.road.answered(guid) == "done"
    assert scene.run["details_url"].endswith(f"/reviews/{stored(scene)[0]}")
    assert len(stored(scene)) == 1
    assert "1 new problem" in page(scene)


def test_a_change_that_wears_the_label_is_left_alone_until_it_wears_it_no_more(scene: Scene) -> None:
    pull = scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    pull.labels.append("no-shipworthy")

    assert scene.review() == "done"
    assert (scene.run["conclusion"], scene.run["title"]) == ("skipped", "Skipped: label no-shipworthy")
    assert (pull.reviews, scene.run["annotations"], stored(scene)) == ([], [], [])
    pull.labels.clear()
    assert scene.road.answered(scene.say("/recheck")) == "done"
    assert (scene.run["conclusion"], len(pull.threads)) == ("neutral", 1)


def test_a_bots_change_gets_the_check_alone(scene: Scene) -> None:
    pull = scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    pull.author = "renovate[bot]"

    assert scene.review() == "done"
    assert (pull.reviews, [one["path"] for one in scene.run["annotations"]]) == ([], ["Dockerfile"])
    assert "A bot's change gets no comments" in scene.run["summary"]
