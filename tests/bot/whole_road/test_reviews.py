"""What people see on their pull requests."""

from __future__ import annotations

import pytest

from tests.bot.whole_road import payloads
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process


@pytest.fixture
def reviewed(scene: Scene) -> Scene:
    """Two mistakes, both commented on."""
    before = {"a/Dockerfile": scene.clean("a"), "b/Dockerfile": scene.clean("b")}
    scene.propose(before, {"a/Dockerfile": scene.wrong("a"), "b/Dockerfile": scene.wrong("b")})
    assert scene.review() == "done"
    return scene


def test_a_clean_change_is_left_in_peace(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.clean() + "EXPOSE 8080\n"})

    assert scene.review() == "done"
    assert (scene.run["conclusion"], scene.pull.reviews, scene.pull.threads) == ("success", [], [])


def test_mistakes_are_said_on_their_lines_in_one_review(reviewed: Scene) -> None:
    assert len(reviewed.pull.reviews) == 1
    assert reviewed.places == [("a/Dockerfile", LATEST_LINE), ("b/Dockerfile", LATEST_LINE)]


def test_the_check_lists_all(reviewed: Scene) -> None:
    assert (reviewed.run["conclusion"], reviewed.run["title"]) == ("neutral", "2 new problems: 2 warnings")
    for path in ("a/Dockerfile", "b/Dockerfile"):
        assert f"{path}:{LATEST_LINE}" in reviewed.run["summary"]


def test_a_push_that_fixes_one_closes_its_conversation(reviewed: Scene) -> None:
    reviewed.push({"a/Dockerfile": reviewed.clean("a"), "b/Dockerfile": reviewed.wrong("b")})

    assert reviewed.review("synchronize") == "done"
    assert [thread.path for thread in reviewed.open_threads] == ["b/Dockerfile"]
    assert (len(reviewed.pull.reviews), len(reviewed.pull.threads)) == (1, 2)
    assert reviewed.run["title"] == "1 new problem: 1 warning"


def test_a_webhook_sent_again_changes_nothing(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    guid = scene.tell("opened")
    scene.road.answered(guid)
    asked = len(scene.road.asked)
    payload = scene.addressed(payloads.pull_request(scene.pull, "opened"))
    again = scene.road.send("pull_request", payload, guid)

    assert (again.status_code, again.json()["status"]) == (200, "duplicate")
    assert len(scene.road.asked) == asked


def test_recheck_by_a_writer_is_seen_and_done(reviewed: Scene) -> None:
    first = reviewed.run["id"]
    reviewed.requests()

    assert reviewed.road.answered(reviewed.say("/recheck")) == "done"
    assert reviewed.signs == ["eyes", "+1"]
    assert f"PATCH /repos/{reviewed.name}/check-runs/{first}" in reviewed.requests()
    assert len(reviewed.pull.reviews) == 1


def test_recheck_by_a_stranger_is_refused(reviewed: Scene) -> None:
    reviewed.requests()

    assert reviewed.road.answered(reviewed.say("/recheck", author="stranger")) == "done"
    assert reviewed.signs == ["confused"]
    assert not [line for line in reviewed.requests() if "check-runs" in line or "graphql" in line]


def test_a_rerun_makes_a_new_result(reviewed: Scene) -> None:
    reviewed.run["title"] = "as it was"

    assert reviewed.road.answered(reviewed.ask_again(reviewed.run)) == "done"
    assert reviewed.run["title"] == "2 new problems: 2 warnings"


def test_a_redrive_makes_a_new_result(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    guid = scene.tell("opened")
    scene.road.answered(guid)
    scene.run["title"] = "as it was"
    scene.road.redrive(guid)

    assert scene.road.answered(guid) == "done"
    assert scene.run["title"] == "1 new problem: 1 warning"
    assert len(scene.pull.reviews) == 1


def test_a_change_from_a_fork_is_reviewed_and_rerun(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})

    assert scene.review(fork="mallory/shop") == "done"
    assert scene.places == [("Dockerfile", LATEST_LINE)]
    assert scene.road.answered(scene.ask_again(scene.run)) == "done"
    assert len(scene.pull.reviews) == 1


def test_a_draft_gets_the_check_alone_until_it_is_ready(scene: Scene) -> None:
    pull = scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    pull.is_draft = True
    scene.review()
    assert (pull.reviews, [one["path"] for one in scene.run["annotations"]]) == ([], ["Dockerfile"])

    pull.is_draft = False
    scene.review("ready_for_review")
    assert scene.places == [("Dockerfile", LATEST_LINE)]
    assert scene.runs[-1]["annotations"] == []


def test_a_closed_change_is_left_alone(scene: Scene) -> None:
    pull = scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    pull.state = "CLOSED"

    assert scene.review() == "ignored"
    assert (pull.reviews, scene.runs) == ([], [])
