"""Reruns and buttons: whose check it is, and what is asked of which change."""

from __future__ import annotations

import pytest

from bot.forges.base import Trigger
from bot.forges.github_check_events import external_id
from bot.forges.github_events import read_event
from tests.bot.forges.github_payloads import (
    BASE,
    CHANGE,
    HEAD,
    OWN_APP,
    QUEUED,
    REPOSITORY,
    TRIAL,
    damaged,
    event,
    payload,
)


@pytest.mark.parametrize(
    "named",
    [
        None,
        "",
        "acme/shop#7",
        "x@y",
        f"acme/shop#7@{HEAD}; rm",
        f"acme/shop#7@{HEAD}..{HEAD}",
        f"acme/shop#7@...{HEAD}",
    ],
)
def test_a_check_run_of_no_known_change_asks_nothing(named: str | None) -> None:
    check = damaged("check_run.rerequested", "check_run.external_id", named)

    assert read_event("check_run", check, OWN_APP) is None


def test_a_check_run_names_its_change() -> None:
    told = payload("check_run.rerequested")["check_run"]["external_id"]

    assert external_id("acme/shop", CHANGE, HEAD) == told


def test_a_check_run_of_a_trial_merge_names_what_it_is_merged_into() -> None:
    told = payload("check_run.rerequested.queued")["check_run"]["external_id"]

    assert external_id("acme/shop", QUEUED, TRIAL) == told == f"acme/shop#7@{BASE}...{TRIAL}"


@pytest.mark.parametrize(
    ("identifier", "order"),
    [("recheck", "/recheck"), ("accept", "/shipworthy accept"), ("explain", "/shipworthy explain")],
)
def test_a_button_gives_the_order_of_whoever_pressed_it(identifier: str, order: str) -> None:
    pressed = damaged("check_run.requested_action", "requested_action.identifier", identifier)
    pressed["sender"]["login"] = "clicker"
    read = read_event("check_run", pressed, OWN_APP)

    assert read is not None
    assert (read.trigger, read.order, read.actor, read.comment) == (Trigger.COMMAND, order, "clicker", None)
    assert read.change == CHANGE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("check_suite.pull_requests.0.head.sha", TRIAL, id="its head has moved on"),
        pytest.param("check_suite.pull_requests.0.base.repo.id", 777, id="it lies in another repository"),
    ],
)
def test_a_change_that_is_named_by_the_way_is_not_meant(path: str, value: object) -> None:
    file = "check_suite.rerequested"
    read = read_event(event(file), damaged(file, path, value), OWN_APP)

    assert read is not None
    assert (read.change, read.head) == (REPOSITORY, HEAD)
