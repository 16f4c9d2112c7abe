"""What webhooks did not bring from GitLab is found by asking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Malformed
from bot.forges.base import ChangeRef, Trigger
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_instance import Instance
from bot.forges.gitlab_rounds import RECENT, GitlabRounds
from bot.forges.rounds import Missed
from tests.bot.forges.drafts import summary
from tests.bot.forges.gitlab_stage import GitlabStage
from tests.bot.forges.gitlab_stand_in.server import TOKEN
from tests.bot.forges.gitlab_stand_in.world import BOT

SINCE = datetime(2026, 11, 20, tzinfo=UTC)


def rounds(gitlab: GitlabStage, name: str = "gitlab") -> GitlabRounds:
    return GitlabRounds(Client(Instance(gitlab.stand_in.url, TOKEN, name)))


def opened(gitlab: GitlabStage) -> ChangeRef:
    return gitlab.open_change({"a": "1\n"}, {"a": "2\n"})


def found(gitlab: GitlabStage, place: ChangeRef | None = None, branch: str = "") -> list[int]:
    asking = rounds(gitlab)
    place = place or asking.places()[0]
    return [one.request.change.number for one in asking.unreviewed(place, branch)]


def test_there_is_one_place_an_instance(gitlab: GitlabStage) -> None:
    assert rounds(gitlab, "gitlab-lab").places() == [ChangeRef("gitlab-lab", "", 0, "token")]
    assert gitlab.stand_in.requests == []


def test_what_bears_our_status_is_left_alone(gitlab: GitlabStage) -> None:
    first, second = opened(gitlab), opened(gitlab)
    gitlab.forge.publish_summary(gitlab.forge.change(first), summary())

    assert found(gitlab) == [second.number]


def test_what_is_found_is_told_as_a_webhook_would(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    asking = rounds(gitlab)
    (one,) = asking.unreviewed(asking.places()[0])

    assert one.request.change == ChangeRef("gitlab", "acme/shop", ref.number, "token")
    assert (one.request.trigger, one.request.head) == (Trigger.PUSH, gitlab.request(ref).head)
    assert one.touched_at == gitlab.request(ref).touched


def test_a_push_makes_it_unreviewed_again(gitlab: GitlabStage) -> None:
    ref = opened(gitlab)
    gitlab.forge.publish_summary(gitlab.forge.change(ref), summary())
    gitlab.push(ref, {"a": "3\n"})

    assert found(gitlab) == [ref.number]


@pytest.mark.parametrize(
    "status",
    [
        pytest.param({"author": {"id": 99}}, id="somebody else's"),
        pytest.param({"name": "build"}, id="of another name"),
        pytest.param({"status": "running"}, id="not finished"),
    ],
)
def test_a_status_that_does_not_count(gitlab: GitlabStage, status: dict[str, Any]) -> None:
    ref = opened(gitlab)
    gitlab.forge.publish_summary(gitlab.forge.change(ref), summary())
    gitlab.project.statuses[0].update(status)

    assert found(gitlab) == [ref.number]


def test_closed_and_forgotten_ones_are_left_alone(gitlab: GitlabStage) -> None:
    gitlab.close(opened(gitlab))
    gitlab.request(opened(gitlab)).touched -= RECENT + timedelta(minutes=1)

    assert found(gitlab) == []


def test_a_project_where_no_status_may_be_set_is_left_alone(gitlab: GitlabStage) -> None:
    opened(gitlab)
    gitlab.stand_in.world.join(gitlab.project, BOT, 20)

    assert found(gitlab) == []


def test_of_a_branch_all_are_found(gitlab: GitlabStage) -> None:
    first, second = opened(gitlab), opened(gitlab)
    gitlab.forge.publish_summary(gitlab.forge.change(first), summary())
    gitlab.request(second).target_branch = "stable"
    place = ChangeRef("gitlab", "acme/shop", 0, "token")

    assert found(gitlab, place, "main") == [first.number]
    assert found(gitlab, place, "stable") == [second.number]


def test_a_status_seen_once_is_not_asked_for_again(gitlab: GitlabStage) -> None:
    gitlab.forge.publish_summary(gitlab.forge.change(opened(gitlab)), summary())
    asking = rounds(gitlab)
    for _ in range(3):
        asking.unreviewed(asking.places()[0])

    assert gitlab.stand_in.asked("GET .*statuses") == 1


def event(number: int, status: str, key: str = "", minutes: int = 1, **more: Any) -> dict[str, Any]:
    at = (SINCE + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S UTC")
    return {
        "id": number,
        "trigger": "merge_request_hooks",
        "response_status": status,
        "request_headers": {"Idempotency-Key": key or f"key-{number}", "X-Gitlab-Token": "[REDACTED]"},
        "request_data": {"object_attributes": {"updated_at": at}},
        **more,
    }


def missed(gitlab: GitlabStage, *events: dict[str, Any], name: str = "gitlab") -> list[Missed]:
    gitlab.stand_in.world.join(gitlab.project, BOT, 40)
    gitlab.project.hooks[3] = list(events)
    return list(rounds(gitlab, name).missed(SINCE))


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([], id="nothing happened"),
        pytest.param([event(1, "200"), event(2, "202")], id="all arrived"),
        pytest.param([event(1, "500", "k"), event(2, "200", "k")], id="it arrived when sent again"),
        pytest.param([event(1, "500", minutes=-1)], id="before our time"),
        pytest.param([event(1, "500", trigger="pipeline_hooks")], id="of a kind we do not read"),
    ],
)
def test_nothing_is_missing(gitlab: GitlabStage, events: list[dict[str, Any]]) -> None:
    assert missed(gitlab, *events) == []


def test_what_failed_is_told_oldest_first(gitlab: GitlabStage) -> None:
    here = f"/projects/{gitlab.project.id}/hooks/3/events"
    events = [event(1, "500", "a", 5), event(2, "internal error", "b", 3), event(3, "404", "a", 9)]

    assert missed(gitlab, *events) == [
        Missed(f"{here}/2", "b", SINCE + timedelta(minutes=3)),
        Missed(f"{here}/3", "a", SINCE + timedelta(minutes=5)),
    ]


def test_an_event_without_key_or_time_is_told_all_the_same(gitlab: GitlabStage) -> None:
    (one,) = missed(gitlab, event(1, "500", request_headers={}, request_data={}))

    assert (one.guid, one.delivered_at) == ("hook-event-1", SINCE)


def test_other_bots_hooks_are_none_of_ours(gitlab: GitlabStage) -> None:
    assert missed(gitlab, event(1, "500"), name="gitlab-lab") == []


def test_without_the_right_to_see_hooks_nothing_is_asked(gitlab: GitlabStage) -> None:
    gitlab.project.hooks[3] = [event(1, "500")]

    assert rounds(gitlab).missed(SINCE) == []
    assert gitlab.stand_in.asked("hooks") == 0


def test_one_of_them_is_sent_again(gitlab: GitlabStage) -> None:
    (one,) = missed(gitlab, event(8, "500"))
    rounds(gitlab).resend(one)

    assert gitlab.stand_in.world.resent == [(3, 8)]


def test_only_events_are_sent_again(gitlab: GitlabStage) -> None:
    with pytest.raises(Malformed):
        rounds(gitlab).resend(Missed("/projects/1/hooks/1/test/push_events", "key", SINCE))


def ailments(gitlab: GitlabStage, token: str = TOKEN) -> list[tuple[str, datetime, bool]]:
    asking = GitlabRounds(Client(Instance(gitlab.stand_in.url, token)))
    return [(one.code, one.at, one.is_fatal) for one in asking.ailments(SINCE)]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        pytest.param({"scopes": ["api"], "expires_at": None}, [], id="all is well"),
        pytest.param(None, [], id="a token of another sort"),
        pytest.param(
            {"scopes": ["api"], "expires_at": "2026-12-24"},
            [("token_expires", datetime(2026, 12, 24, tzinfo=UTC), True)],
            id="it will expire",
        ),
        pytest.param(
            {"scopes": ["read_api"], "expires_at": None},
            [("permission_missing", SINCE, True)],
            id="it only reads",
        ),
    ],
)
def test_what_the_token_lacks_is_told(
    gitlab: GitlabStage, token: dict[str, Any] | None, told: list[tuple[str, datetime, bool]]
) -> None:
    gitlab.stand_in.world.token = token

    assert ailments(gitlab) == told


def test_a_token_that_is_refused_is_told_and_nothing_more_is_asked(gitlab: GitlabStage) -> None:
    assert ailments(gitlab, "glpat-wrong") == [("token_refused", SINCE, True)]
    assert len(gitlab.stand_in.requests) == 1


@pytest.mark.parametrize("status", ["disabled", "temporarily_disabled"])
def test_a_hook_that_is_switched_off_is_told(gitlab: GitlabStage, status: str) -> None:
    gitlab.stand_in.world.join(gitlab.project, BOT, 40)
    gitlab.project.hooks[3] = []
    assert ailments(gitlab) == []
    gitlab.stand_in.world.hook_status = status

    assert ailments(gitlab) == [("hook_disabled", SINCE, False)]
