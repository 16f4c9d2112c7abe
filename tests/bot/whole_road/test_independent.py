"""What people see on a GitHub that was written without a look at our code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.jobs.ledger import row
from tests.bot.processes import wait_until
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
    scene.propose_from_fork({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})

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


def test_a_trial_merge_gets_its_check(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    scene.hands.push(scene.repository, "main", changes={"README.md": "moved on\n"})
    trial = scene.hands.merge_group(scene.repository, [scene.pull])["head_sha"]

    assert scene.judged(trial)["title"] == "1 new problem: 1 warning"
    assert (scene.judged(trial)["annotations"], len(scene.threads)) == (1, 1)


def test_of_31_findings_ten_get_a_comment_and_the_rest_is_beside_the_diff(scene: IndependentScene) -> None:
    names = [f"service{number:02}/Dockerfile" for number in range(31)]
    settings = {".shipworthy.yaml": "comments:\n  max_per_rule: 100\n"}
    scene.propose({**settings, **dict.fromkeys(names, CLEAN)}, dict.fromkeys(names, WRONG))
    run = scene.judged()

    assert (run["title"], len(scene.threads), run["annotations"]) == ("31 new problems: 31 warnings", 10, 21)
    assert "31 new problems: 10 commented, 21 shown beside the diff." in run["summary"]
    assert len(scene.hands.posted(scene.pull)["reviews"]) == 1


def test_a_resolved_conversation_stays_dismissed_on_the_next_push(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    scene.hands.resolve(scene.pull.threads[0], scene.dev)
    scene.push({"Dockerfile": "# Built daily.\n" + WRONG})
    run = scene.judged()

    assert [thread["resolved"] for thread in scene.threads] == [True]
    assert "conversation resolved, problem still there" in run["summary"]


def test_a_renamed_and_edited_file_keeps_its_conversation(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    scene.push({"Dockerfile": None, "build/Dockerfile": WRONG + "EXPOSE 8080\n"})
    run = scene.judged()

    assert run["title"] == "1 new problem: 1 warning"
    assert [(thread["path"], thread["resolved"]) for thread in scene.threads] == [("Dockerfile", False)]


def test_a_mistake_in_a_renamed_file_is_said_by_its_new_name(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": None, "build/Dockerfile": WRONG})
    scene.judged()

    assert scene.places == [("build/Dockerfile", LATEST_LINE)]


def test_a_draft_gets_the_check_alone_until_it_is_ready(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG}, draft=True)
    assert (scene.judged()["annotations"], scene.threads) == (1, [])
    scene.hands.event(scene.pull, "ready_for_review")
    wait_until(lambda: scene.threads, "there is a conversation")

    assert scene.places == [("Dockerfile", LATEST_LINE)]


def test_an_empty_pull_request_gets_a_check_and_nothing_else(scene: IndependentScene) -> None:
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    scene.judged()
    scene.push({}, sha=scene.hands.tip(scene.repository, "main"), force=True)

    assert scene.judged()["conclusion"] == "success"
    asked = scene.hands.comment(scene.pull, scene.dev, "/recheck")
    scene.answered(["eyes", "+1"], asked)
    assert len(scene.hands.runs(scene.repository, scene.pull.head_sha)) == 1
    assert len(scene.threads) == 1


def test_a_fork_that_is_deleted_is_answered_all_the_same(scene: IndependentScene) -> None:
    scene.propose_from_fork({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    run = scene.judged()
    scene.hands.delete_head_repo(scene.pull)
    scene.hands.rerequest_run(run["obj"], scene.dev)
    asked = scene.hands.comment(scene.pull, scene.dev, "/recheck")

    scene.answered(["eyes", "+1"], asked)
    assert len(scene.threads) == 1


def test_a_webhook_missed_while_we_were_down_is_asked_for_again(scene: IndependentScene) -> None:
    road, hooks = scene.road, scene.road.world.github.hooks
    road.web.kill()
    before = len(hooks.deliveries)
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})
    hooks.wait_idle()
    road.web.start()
    road.wait_for_web()
    (opened,) = [one for one in hooks.deliveries[before:] if one["event"] == "pull_request"]
    opened["delivered_at"] = (datetime.now(UTC) - timedelta(minutes=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    road.look_around()

    assert scene.judged()["conclusion"] == "neutral"
    assert scene.places == [("Dockerfile", LATEST_LINE)]
    wait_until(lambda: row(road.engine, opened["guid"]).state == "done", "it was that very webhook")


def test_a_limit_before_the_check_run_only_delays_it(scene: IndependentScene) -> None:
    pattern = rf"^POST .*/{scene.repository.name}/check-runs$"
    scene.road.world.faults.add("secondary", match=pattern, count=1, retry_after=1)
    scene.propose({"Dockerfile": CLEAN}, {"Dockerfile": WRONG})

    assert scene.judged()["conclusion"] == "neutral"
    assert (len(scene.threads), len(scene.hands.runs(scene.repository, scene.pull.head_sha))) == (1, 1)
