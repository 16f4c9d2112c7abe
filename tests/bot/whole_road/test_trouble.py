"""The forge is busy, down, slow to know or makes no sense; or we do."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.store.deliveries import State
from tests.bot.forges.stand_in import Fault
from tests.bot.forges.stand_in.fault import LOST
from tests.bot.jobs.ledger import row
from tests.bot.processes import wait_until
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process

REVIEWS, RUNS = "POST /repos/{}/pulls/1/reviews", "POST /repos/{}/check-runs"
LIMITED: dict[str, Any] = {"headers": {"Retry-After": "1"}, "body": {"message": "You have exceeded a limit"}}
FORBIDDEN: dict[str, Any] = {
    "status": 403,
    "body": {"message": "Resource not accessible by integration"},
    "times": 99,
}
NONSENSE: dict[str, Any] = {"status": 200, "body": {"tree": "nonsense", "truncated": False}}


@pytest.fixture
def troubled(scene: Scene) -> Scene:
    """A mistake that nobody has seen yet."""
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    return scene


def go_wrong(scene: Scene, match: str, **how: Any) -> None:
    scene.road.stand_in.faults.append(Fault(match.format(scene.name), **how))


@pytest.mark.parametrize(
    ("match", "how"),
    [
        pytest.param(REVIEWS, {"status": 429, **LIMITED}, id="too many requests before the review"),
        pytest.param(RUNS, {"status": 403, **LIMITED}, id="a secondary limit before the check run"),
        pytest.param(REVIEWS, {"status": 502, "is_done": True}, id="a bad gateway, the review taken"),
        pytest.param(RUNS, {"status": 502, "is_done": True}, id="a bad gateway, the check run taken"),
        pytest.param(REVIEWS, {"status": LOST, "is_done": True}, id="no answer, the review taken"),
        pytest.param(RUNS, {"status": LOST, "is_done": True}, id="no answer, the check run taken"),
        pytest.param(
            REVIEWS,
            {
                **LIMITED,
                "status": 422,
                "body": {"message": "Validation Failed", "errors": [{"code": "abuse"}]},
            },
            id="abuse suspected before the review",
        ),
        pytest.param(
            "POST /graphql",
            {**LIMITED, "status": 200, "body": {"errors": [{"type": "RATE_LIMITED", "message": "limit"}]}},
            id="a limit told with status 200",
        ),
        pytest.param(
            REVIEWS, {"status": 401, "body": {"message": "Bad credentials"}}, id="a token that ran out"
        ),
    ],
)
def test_is_posted_once_in_the_end(troubled: Scene, match: str, how: dict[str, Any]) -> None:
    go_wrong(troubled, match, **how)

    assert troubled.review() == "done"
    assert (len(troubled.pull.reviews), troubled.places) == (1, [("Dockerfile", LATEST_LINE)])
    assert troubled.run["conclusion"] == "neutral"


def test_a_suspended_installation_is_left_alone(troubled: Scene) -> None:
    troubled.world.suspended.add(troubled.installation)
    assert troubled.review() == "ignored"
    troubled.world.suspended.clear()

    assert (troubled.pull.reviews, troubled.runs) == ([], [])
    assert troubled.review("synchronize") == "done"


def test_an_installation_suspended_in_mid_review_is_left_alone(troubled: Scene) -> None:
    suspend = partial(troubled.world.suspended.add, troubled.installation)
    refused = {"message": "This installation has been suspended"}
    go_wrong(troubled, "GET /repos/{}/git/trees/", before=suspend, status=403, body=refused)
    ended = troubled.review()
    troubled.world.suspended.clear()

    assert (ended, troubled.pull.reviews, troubled.runs) == ("ignored", [], [])


def test_without_the_right_to_comment_the_check_says_all(troubled: Scene) -> None:
    needed = {"X-Accepted-GitHub-Permissions": "pull_requests=write"}
    go_wrong(troubled, REVIEWS, headers=needed, **FORBIDDEN)

    assert troubled.review() == "done"
    assert troubled.run["title"] == "1 new problem: 1 warning"
    assert [(one["path"], one["start_line"]) for one in troubled.run["annotations"]] == [
        ("Dockerfile", LATEST_LINE)
    ]
    assert "The forge took no comments: the right to write them is missing" in troubled.run["summary"]


def test_what_could_not_be_commented_is_said_once_the_right_is_there(troubled: Scene) -> None:
    go_wrong(troubled, REVIEWS, **{**FORBIDDEN, "times": 1})

    assert (troubled.review(), troubled.places) == ("done", [])
    assert troubled.review("synchronize") == "done"
    assert troubled.places == [("Dockerfile", LATEST_LINE)]
    assert troubled.runs[-1]["annotations"] == []


def test_without_the_right_to_check_the_comments_are_there_once(troubled: Scene) -> None:
    needed = {"X-Accepted-GitHub-Permissions": "checks=write"}
    go_wrong(troubled, RUNS, headers=needed, **FORBIDDEN)
    guid = troubled.tell("opened")

    assert troubled.road.answered(guid) == "failed"
    assert troubled.review("synchronize") == "failed"
    assert (troubled.places, troubled.runs) == ([("Dockerfile", LATEST_LINE)], [])
    assert "needed: checks=write" in str(row(troubled.road.engine, guid).error)


def test_a_change_the_forge_does_not_know_yet_is_asked_for_again(troubled: Scene) -> None:
    pull = troubled.repository.pulls.pop(1)
    guid = troubled.tell("opened")
    wait_until(lambda: row(troubled.road.engine, guid).state == State.WAITING, "it is put off")
    troubled.repository.pulls[1] = pull

    assert troubled.road.answered(guid) == "done"
    assert troubled.places == [("Dockerfile", LATEST_LINE)]


def test_a_failure_of_ours_is_admitted_and_hides_its_cause(troubled: Scene) -> None:
    go_wrong(troubled, "GET /repos/{}/git/trees/", **NONSENSE)
    guid = troubled.tell("opened")

    assert troubled.road.answered(guid) == "failed"
    assert (troubled.run["conclusion"], troubled.run["title"]) == ("neutral", "The review could not finish")
    assert guid in troubled.run["summary"]
    assert "Error" not in troubled.run["summary"]


@pytest.mark.parametrize("way", ["a webhook sent again", "/recheck", "a rerun"])
def test_a_failure_of_ours_can_be_mended_by(troubled: Scene, way: str) -> None:
    go_wrong(troubled, "GET /repos/{}/git/trees/", **NONSENSE)
    guid = troubled.tell("opened")
    troubled.road.answered(guid)
    if way == "a webhook sent again":
        assert troubled.tell("opened", guid=guid) == guid
    else:
        guid = troubled.say(way) if way == "/recheck" else troubled.ask_again(troubled.run)

    assert troubled.road.answered(guid) == "done"
    assert troubled.places == [("Dockerfile", LATEST_LINE)]
    assert troubled.run["title"] == "1 new problem: 1 warning"
