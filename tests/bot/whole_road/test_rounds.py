"""What nobody told us, found by a worker that looks around: when it starts, and from time to time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.forges.base import ChangeRef, Request, Trigger
from bot.jobs.queue import Queue
from bot.store.deliveries import Delivery
from bot.store.marks import Marks
from tests.bot.forges.stand_in.hook import posting
from tests.bot.forges.stand_in.server import served
from tests.bot.jobs.ledger import row, states
from tests.bot.processes import wait_until
from tests.bot.webhooks import headers
from tests.bot.whole_road import payloads
from tests.bot.whole_road.road import Road, build_road
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process

LONG_AGO = datetime.now(UTC) - timedelta(hours=3)
REVIEWED = [("Dockerfile", LATEST_LINE)]


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Road]:
    """A road on which only the web runs. It keeps the pace that is usual."""
    with served() as stand_in:
        road = build_road(stand_in, f"sqlite:///{tmp_path}/bot.db", tmp_path)
        road.worker.environment = {**road.worker.environment, "GITHUB_WRITE_PAUSE": "1"}
        try:
            road.web.start()
            road.wait_for_web()
            yield road
        finally:
            road.web.end()
            road.worker.end()
            road.engine.dispose()


@pytest.fixture
def unseen(quiet: Road) -> Scene:
    """A mistake that nobody has seen yet, proposed hours ago."""
    scene = Scene(quiet)
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    scene.pull.touched_at = LONG_AGO
    return scene


def wait_for_review(scene: Scene) -> None:
    wait_until(lambda: [run["status"] for run in scene.runs] == ["completed"], "it is reviewed")
    wait_until(lambda: set(states(scene.road.engine).values()) == {"done"}, "nothing is left to do")


def restart(scene: Scene) -> None:
    """As after an hour, with a sweep that comes to its end."""
    road, survey = scene.road, f"survey-github-{scene.installation}"
    road.worker.kill()
    Marks(road.engine).move("turn:github:sweep", LONG_AGO)
    before = row(road.engine, survey).jobs
    road.worker.start()
    wait_until(lambda: row(road.engine, survey).jobs > before, "there is another survey")
    road.settle()


def test_a_webhook_missed_while_we_were_down_is_asked_for_again(unseen: Scene) -> None:
    unseen.pull.touched_at = None
    hook, road = unseen.world.hook, unseen.road
    hook.send = posting(f"{road.address}/webhooks/github", headers)
    body = json.dumps(unseen.addressed(payloads.pull_request(unseen.pull, "opened"))).encode()
    hook.miss("pull_request", body, "missed", minutes=3)
    road.worker.start()
    wait_until(lambda: "missed" in states(road.engine), "it arrives after all")

    assert road.answered("missed") == "done"
    assert (len(unseen.pull.reviews), unseen.places) == (1, REVIEWED)
    assert [(one.guid, one.status) for one in hook.deliveries[1:]] == [("missed", "OK")]
    counted = ("shipworthy_deliveries_resent_total", "github")
    wait_until(lambda: road.measured().get(counted) == 1, "it is counted")


def test_a_pull_request_nobody_told_us_of_is_reviewed_by_the_sweep(unseen: Scene) -> None:
    reset = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    unseen.road.stand_in.headers = {"X-RateLimit-Remaining": "4321", "X-RateLimit-Reset": str(reset)}
    unseen.road.worker.start()
    wait_for_review(unseen)

    assert (len(unseen.pull.reviews), unseen.places) == (1, REVIEWED)
    limit, whose = "shipworthy_api_rate_limit", ("github", str(unseen.installation), "core")
    expected = {
        ("shipworthy_changes_swept_total", "github"): 1,
        (f"{limit}_remaining", *whose): 4321,
        (f"{limit}_reset_timestamp_seconds", *whose): reset,
    }
    wait_until(lambda: expected.items() <= unseen.road.measured().items(), "it is counted")


def test_a_worker_restarted_twice_does_not_review_twice(unseen: Scene) -> None:
    unseen.road.worker.start()
    wait_for_review(unseen)
    for _ in range(2):
        restart(unseen)

    assert (len(unseen.pull.reviews), len(unseen.runs)) == (1, 1)
    assert sum(guid.startswith("sweep-") for guid in states(unseen.road.engine)) == 1


def test_a_change_whose_webhook_waits_is_reviewed_once(unseen: Scene) -> None:
    guid = unseen.tell("opened")
    unseen.road.worker.start()
    assert unseen.road.answered(guid) == "done"
    unseen.road.settle()

    assert not [one for one in states(unseen.road.engine) if one.startswith("sweep-")]
    assert (len(unseen.pull.reviews), len(unseen.runs)) == (1, 1)


def test_a_survey_of_a_branch_reviews_anew_what_was_reviewed(unseen: Scene) -> None:
    road = unseen.road
    road.worker.start()
    wait_for_review(unseen)
    unseen.run["title"] = "as it was"
    place = ChangeRef("github", unseen.name, 0, str(unseen.installation))
    Queue(road.engine).accept(Delivery("pushed", "push", Request(place, Trigger.SURVEY, branch="main")))
    assert road.answered("pushed") == "done"
    (again,) = [guid for guid in states(road.engine) if guid.startswith("pushed-")]

    assert road.answered(again) == "done"
    assert (unseen.run["title"], len(unseen.pull.reviews)) == ("1 new problem: 1 warning", 1)


@pytest.mark.parametrize("how", ["suspended", "removed"])
def test_an_installation_that_is_gone_ends_quietly(unseen: Scene, how: str) -> None:
    if how == "suspended":
        unseen.world.suspended.add(unseen.installation)
    else:
        unseen.world.installations.remove(unseen.installation)
    guid = unseen.tell("opened")
    unseen.road.worker.start()

    assert unseen.road.answered(guid) == "ignored"
    assert unseen.runs == []
    assert "apology" not in unseen.road.worker.log.read_text()
