"""What else people and the forge do to a change, from webhook to answer."""

from __future__ import annotations

import pytest

from tests.bot.jobs.ledger import row
from tests.bot.processes import wait_until
from tests.bot.whole_road import payloads
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process


@pytest.fixture
def proposed(scene: Scene) -> Scene:
    """One mistake, and a branch that will have moved on."""
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    return scene


def enqueue(scene: Scene) -> str:
    meanwhile = {"Dockerfile": scene.clean(), "README": "here"}
    return scene.enqueue(meanwhile, {**meanwhile, "Dockerfile": scene.wrong()})


def test_a_ping_is_answered_at_once(scene: Scene) -> None:
    before = scene.road.stored
    answer = scene.road.send("ping", payloads.ping(), scene.road.new_guid())

    assert (answer.status_code, answer.json()) == (200, {"status": "pong"})
    assert scene.road.stored == before


def test_a_change_that_is_closed_is_not_reviewed_for_it(proposed: Scene) -> None:
    proposed.pull.state = "CLOSED"
    proposed.requests()

    assert proposed.review("closed") == "done"
    assert not [line for line in proposed.requests() if "compare" in line or "check-runs" in line]
    assert (proposed.pull.reviews, proposed.runs) == ([], [])


def test_a_push_to_a_change_that_was_closed_meanwhile_asks_once(proposed: Scene) -> None:
    proposed.pull.state = "CLOSED"
    proposed.requests()

    assert proposed.review("synchronize") == "ignored"
    assert [line.split("?")[0] for line in proposed.requests()] == [
        f"POST /app/installations/{proposed.installation}/access_tokens",
        "POST /graphql",
    ]


def test_a_trial_merge_gets_its_check(proposed: Scene) -> None:
    assert proposed.road.answered(enqueue(proposed)) == "done"
    (run,) = proposed.runs_at(proposed.trial)

    assert (run["status"], run["conclusion"], run["title"]) == (
        "completed",
        "neutral",
        "1 new problem: 1 warning",
    )
    assert [(one["path"], one["start_line"]) for one in run["annotations"]] == [("Dockerfile", LATEST_LINE)]
    assert (proposed.pull.reviews, proposed.runs) == ([], [])


@pytest.mark.parametrize("button", ["re-run", "re-run all"])
def test_the_check_of_a_trial_merge_can_be_asked_for_again(proposed: Scene, button: str) -> None:
    proposed.road.answered(enqueue(proposed))
    (run,) = proposed.runs_at(proposed.trial)
    run["title"] = "as it was"
    suite = payloads.check_suite(proposed.trial, proposed.world.app_id, "dev")
    guid = proposed.ask_again(run) if button == "re-run" else proposed.send("check_suite", suite)

    assert proposed.road.answered(guid) == "done"
    assert [one["title"] for one in proposed.runs_at(proposed.trial)] == ["1 new problem: 1 warning"]


def test_recheck_on_the_change_after_its_trial_merge_failed(proposed: Scene) -> None:
    proposed.road.answered(enqueue(proposed))

    assert proposed.road.answered(proposed.say("/recheck")) == "done"
    assert proposed.run["title"] == "1 new problem: 1 warning"
    assert proposed.places == [("Dockerfile", LATEST_LINE)]
    assert len(proposed.runs_at(proposed.trial)) == 1


def test_a_trial_merge_that_is_not_there_yet_is_waited_for(proposed: Scene) -> None:
    pulls = dict(proposed.repository.pulls)
    proposed.repository.pulls.clear()
    guid = enqueue(proposed)
    wait_until(lambda: row(proposed.road.engine, guid).state == "waiting", "it is put off")
    proposed.repository.pulls.update(pulls)

    assert proposed.road.answered(guid) == "done"
    assert len(proposed.runs_at(proposed.trial)) == 1


def test_a_trial_merge_that_is_no_more_asks_nothing(proposed: Scene) -> None:
    before = proposed.road.stored
    told = payloads.merge_group(1, proposed.pull.base, proposed.pull.head, "destroyed")
    proposed.send("merge_group", told)

    assert proposed.road.stored == before


def test_all_checks_of_a_fork_s_change_can_be_asked_for_again(proposed: Scene) -> None:
    proposed.review(fork="mallory/shop")
    proposed.run["title"] = "as it was"

    assert proposed.road.answered(proposed.ask_all_again()) == "done"
    assert proposed.run["title"] == "1 new problem: 1 warning"
    assert len(proposed.pull.reviews) == 1


def test_checks_of_a_commit_that_is_nobody_s_head_end_quietly(proposed: Scene) -> None:
    assert proposed.road.answered(proposed.ask_all_again()) == "ignored"
    assert proposed.runs == []


@pytest.mark.parametrize("action", ["resolved", "unresolved"])
def test_a_conversation_that_a_person_resolved_is_noticed(proposed: Scene, action: str) -> None:
    proposed.review()
    (thread,) = proposed.pull.threads
    told = payloads.review_thread(proposed.pull, thread, action, "dev")

    assert proposed.road.answered(proposed.send("pull_request_review_thread", told)) == "done"


def test_a_conversation_that_we_resolved_is_no_news(proposed: Scene) -> None:
    proposed.review()
    (thread,) = proposed.pull.threads
    before = proposed.road.stored
    told = payloads.review_thread(proposed.pull, thread, "resolved", thread.comments[0].author)
    proposed.send("pull_request_review_thread", told)

    assert proposed.road.stored == before
