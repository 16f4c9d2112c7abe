"""Deliveries read: which ask for a review, which for nothing, and which make no sense."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.forges.github_events import external_id, read_event

PAYLOADS = Path(__file__).parent.parent / "payloads" / "github"
OWN_APP = 77
CHANGE = ChangeRef("github", "acme/shop", 7, "9")
HEAD = "1" * 40
PUSHED = Request(CHANGE, Trigger.PUSH, actor="dev", head=HEAD)
COMMANDED = Request(
    CHANGE, Trigger.COMMAND, actor="dev", comment=CommentRef("3000000801", "/recheck", "issue")
)
RERUN = Request(CHANGE, Trigger.RERUN, actor="dev", head=HEAD)


def payload(file: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{file}.json").read_text(encoding="utf-8"))
    return read


def event(file: str) -> str:
    return file.split(".", maxsplit=1)[0]


@pytest.mark.parametrize(
    "file",
    [
        "ping",
        "push",
        "installation.created",
        "pull_request.closed",
        "pull_request.labeled",
        "pull_request.edited.title",
        "issue_comment.edited",
        "issue_comment.created.issue",
        "issue_comment.created.ours",
        "check_run.completed",
        "check_run.rerequested.theirs",
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
        ("pull_request.edited.base", PUSHED),
        ("issue_comment.created", COMMANDED),
        ("check_run.rerequested", RERUN),
    ],
)
def test_a_review_is_asked(file: str, request_read: Request) -> None:
    assert read_event(event(file), payload(file), str(OWN_APP)) == request_read


@pytest.mark.parametrize(
    "body",
    ["", "please /recheck", "> /recheck", "```\n/recheck\n```", "    /recheck", "/rechecked", None],
    ids=["nothing", "inside a sentence", "quoted", "in a code block", "indented code", "longer word", "null"],
)
def test_comments_without_an_order_ask_nothing(body: str | None) -> None:
    comment = payload("issue_comment.created")
    comment["comment"]["body"] = body

    assert read_event("issue_comment", comment, OWN_APP) is None


@pytest.mark.parametrize("body", ["/recheck", "Thanks!\r\n\r\n/shipworthy recheck\r\n"])
def test_an_order_stands_on_a_line_of_its_own(body: str) -> None:
    comment = payload("issue_comment.created")
    comment["comment"]["body"] = body
    read = read_event("issue_comment", comment, OWN_APP)

    assert read is not None
    assert read.comment == CommentRef("3000000801", body, "issue")


def test_a_person_named_like_us_may_ask() -> None:
    comment = payload("issue_comment.created")
    comment["comment"]["user"]["login"] = "shipworthy"

    assert read_event("issue_comment", comment, OWN_APP) is not None


@pytest.mark.parametrize("named", [None, "", "acme/shop#7", "x@y", f"acme/shop#7@{HEAD}; rm"])
def test_a_check_run_of_no_known_change_asks_nothing(named: str | None) -> None:
    check = payload("check_run.rerequested")
    check["check_run"]["external_id"] = named

    assert read_event("check_run", check, OWN_APP) is None


def test_a_check_run_names_its_change() -> None:
    assert external_id("acme/shop", 7, HEAD) == payload("check_run.rerequested")["check_run"]["external_id"]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("pull_request.opened", "action"),
        ("pull_request.opened", "repository.full_name"),
        ("pull_request.opened", "pull_request.number"),
        ("pull_request.opened", "pull_request.head.sha"),
        ("pull_request.edited.base", "changes"),
        ("issue_comment.created", "comment.user.login"),
        ("issue_comment.created", "comment.id"),
        ("check_run.rerequested", "check_run.app"),
        ("check_run.rerequested", "sender"),
    ],
)
@pytest.mark.parametrize("damage", ["missing", "of another kind"])
def test_a_damaged_delivery_is_malformed(file: str, path: str, damage: str) -> None:
    damaged = copy.deepcopy(payload(file))
    *parents, last = path.split(".")
    place = damaged
    for parent in parents:
        place = place[parent]
    if damage == "missing":
        del place[last]
    else:
        place[last] = ["a", "list"]

    with pytest.raises(Malformed):
        read_event(event(file), damaged, OWN_APP)
