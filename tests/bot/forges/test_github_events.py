"""Deliveries read: which ask for something, which for nothing, and which make no sense."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import Malformed
from bot.forges.base import CommentRef, Request, Trigger
from bot.forges.github_events import read_event
from tests.bot.forges.github_payloads import (
    CHANGE,
    HEAD,
    INSTALLATION,
    OWN_APP,
    QUEUED,
    REPOSITORY,
    TRIAL,
    damaged,
    event,
    payload,
)

PUSHED = Request(CHANGE, Trigger.PUSH, actor="dev", head=HEAD)
CLOSED = replace(PUSHED, trigger=Trigger.CLOSED)
RERUN = replace(PUSHED, trigger=Trigger.RERUN)
RECHECK = replace(PUSHED, trigger=Trigger.COMMAND, order="/recheck")
MERGE = Request(QUEUED, Trigger.MERGE, actor="dev", head=TRIAL)
LET_IN = Request(INSTALLATION, Trigger.SURVEY, actor="dev")
SETTINGS = Request(REPOSITORY, Trigger.SURVEY, actor="dev", branch="main")
BELOW = CommentRef("3000000801", "/recheck", "issue")
INSIDE = CommentRef("3000000811", "/shipworthy explain", "review", "3000000810")
COMMANDED = Request(CHANGE, Trigger.COMMAND, actor="dev", comment=BELOW)


@pytest.mark.parametrize(
    "file",
    [
        "ping",
        "push",
        "push.code",
        "push.deleted",
        "push.settings.tag",
        "installation.deleted",
        "installation.suspend",
        "installation_repositories.removed",
        "pull_request.labeled",
        "pull_request.edited.title",
        "merge_group.destroyed",
        "issue_comment.edited",
        "issue_comment.created.issue",
        "issue_comment.created.ours",
        "pull_request_review_comment.edited",
        "pull_request_review_comment.created.ours",
        "pull_request_review_comment.created.ours.marked",
        "pull_request_review_thread.resolved.ours",
        "pull_request_review_thread.resolved.theirs",
        "check_run.completed",
        "check_run.rerequested.theirs",
        "check_run.requested_action.theirs",
        "check_run.requested_action.unknown",
        "check_suite.requested",
        "check_suite.rerequested.theirs",
    ],
)
def test_nothing_is_asked(file: str) -> None:
    assert read_event(event(file), payload(file), OWN_APP) is None


@pytest.mark.parametrize(
    ("file", "request_read"),
    [
        ("pull_request.opened", PUSHED),
        ("pull_request.reopened", PUSHED),
        ("pull_request.synchronize", PUSHED),
        ("pull_request.ready_for_review", PUSHED),
        ("pull_request.converted_to_draft", PUSHED),
        ("pull_request.edited.base", PUSHED),
        ("pull_request.closed", CLOSED),
        ("merge_group.checks_requested", MERGE),
        ("issue_comment.created", COMMANDED),
        ("pull_request_review_comment.created", replace(COMMANDED, comment=INSIDE)),
        (
            "pull_request_review_comment.created.first",
            replace(COMMANDED, comment=replace(INSIDE, thread=INSIDE.id)),
        ),
        ("check_run.rerequested", RERUN),
        ("check_run.rerequested.queued", replace(RERUN, change=QUEUED, head=TRIAL)),
        ("check_run.requested_action", RECHECK),
        ("check_suite.rerequested", RERUN),
        ("check_suite.rerequested.fork", replace(RERUN, change=REPOSITORY)),
        ("check_suite.rerequested.several", replace(RERUN, change=REPOSITORY)),
        ("check_suite.rerequested.elsewhere", replace(RERUN, change=REPOSITORY)),
        ("installation.created", LET_IN),
        ("installation.new_permissions_accepted", LET_IN),
        ("installation.unsuspend", LET_IN),
        ("installation_repositories.added", LET_IN),
        ("push.settings", SETTINGS),
    ],
)
def test_something_is_asked(file: str, request_read: Request) -> None:
    assert read_event(event(file), payload(file), str(OWN_APP)) == request_read


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("pull_request.opened", "action"),
        ("pull_request.opened", "repository.full_name"),
        ("pull_request.opened", "pull_request.number"),
        ("pull_request.opened", "pull_request.head.sha"),
        ("pull_request.opened", "sender.login"),
        ("pull_request.edited.base", "changes"),
        ("pull_request.closed", "pull_request"),
        ("merge_group.checks_requested", "merge_group"),
        ("merge_group.checks_requested", "merge_group.head_sha"),
        ("merge_group.checks_requested", "merge_group.base_sha"),
        ("merge_group.checks_requested", "merge_group.head_ref"),
        ("issue_comment.created", "comment.user.login"),
        ("issue_comment.created", "comment.id"),
        ("pull_request_review_comment.created", "comment"),
        ("pull_request_review_comment.created", "comment.body"),
        ("pull_request_review_comment.created", "pull_request.number"),
        ("pull_request_review_thread.resolved", "thread.comments"),
        ("pull_request_review_thread.resolved", "thread.comments.0.id"),
        ("pull_request_review_thread.resolved", "sender.login"),
        ("check_run.rerequested", "check_run.app"),
        ("check_run.rerequested", "sender"),
        ("check_run.requested_action", "requested_action"),
        ("check_suite.rerequested", "check_suite.head_sha"),
        ("check_suite.rerequested", "check_suite.pull_requests"),
        ("installation.created", "installation"),
        ("installation.created", "installation.id"),
        ("installation_repositories.added", "action"),
        ("push.settings", "ref"),
        ("push.settings", "commits"),
        ("push.settings", "repository"),
    ],
)
@pytest.mark.parametrize("damage", [pytest.param((), id="missing"), pytest.param(([7],), id="a list")])
def test_a_damaged_delivery_is_malformed(file: str, path: str, damage: tuple[Any, ...]) -> None:
    with pytest.raises(Malformed):
        read_event(event(file), damaged(file, path, *damage), OWN_APP)


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        pytest.param("pull_request.opened", "pull_request.number", 2**31, id="no such number"),
        pytest.param("pull_request.opened", "pull_request.number", 0, id="number nought"),
        pytest.param("pull_request.opened", "pull_request.number", True, id="a truth for a number"),
        pytest.param("pull_request.opened", "pull_request.number", 1e300, id="a fraction for a number"),
        pytest.param("pull_request.opened", "pull_request.head.sha", "main", id="a branch for a commit"),
        pytest.param("pull_request.opened", "sender.login", "dev\x00", id="a zero in a login"),
        pytest.param("pull_request.opened", "sender.login", "../../user", id="a path for a login"),
        pytest.param("pull_request.opened", "sender.login", "x" * 200, id="a login without end"),
        pytest.param("pull_request.opened", "repository.full_name", "acme/..", id="a path for a name"),
        pytest.param("pull_request.opened", "installation.id", 2**63, id="no such installation"),
        pytest.param("installation.created", "installation.id", -9, id="an installation below nought"),
        pytest.param("issue_comment.created", "comment.id", 10**300, id="no such comment"),
        pytest.param("issue_comment.created", "comment.id", "1/../2", id="a path for a comment"),
        pytest.param(
            "pull_request_review_comment.created", "comment.in_reply_to_id", "1/../2", id="a path for a root"
        ),
        pytest.param(
            "merge_group.checks_requested", "merge_group.base_sha", "main", id="a branch for a base"
        ),
        pytest.param(
            "merge_group.checks_requested", "merge_group.head_ref", "refs/heads/main", id="no queue's branch"
        ),
        pytest.param(
            "merge_group.checks_requested",
            "merge_group.head_ref",
            f"refs/heads/gh-readonly-queue/main/pr-9999999999-{HEAD}",
            id="no such number in a queue",
        ),
        pytest.param("check_suite.rerequested", "check_suite.head_sha", "1" * 41, id="too long for a commit"),
    ],
)
def test_a_hostile_value_is_refused(file: str, path: str, value: object) -> None:
    with pytest.raises(Malformed):
        read_event(event(file), damaged(file, path, value), OWN_APP)


@pytest.mark.parametrize("branch", ["main", "release/1.x", "pr-3-a", "größer"])
def test_a_queue_serves_branches_of_any_name(branch: str) -> None:
    head_ref = f"refs/heads/gh-readonly-queue/{branch}/pr-7-{HEAD}"
    told = damaged("merge_group.checks_requested", "merge_group.head_ref", head_ref)

    assert read_event("merge_group", told, OWN_APP) == MERGE
