"""What people say: which words are a command, who is heard, and which conversations are ours."""

from __future__ import annotations

import pytest

from bot.forges.base import CommentRef
from bot.forges.github_events import read_event
from bot.review.markers import marker
from tests.bot.forges.github_payloads import HEAD, OWN_APP, damaged, event, payload

COMMENTS = pytest.mark.parametrize("file", ["issue_comment.created", "pull_request_review_comment.created"])
MARKED = "/recheck\n\n" + marker("0a1b2c3d", "latest-tag", HEAD)


@COMMENTS
@pytest.mark.parametrize(
    "body",
    ["", "please /recheck", "> /recheck", "```\n/recheck\n```", "    /recheck", "/rechecked", None],
    ids=["nothing", "inside a sentence", "quoted", "in a code block", "indented code", "longer word", "null"],
)
def test_comments_without_an_order_ask_nothing(file: str, body: str | None) -> None:
    assert read_event(event(file), damaged(file, "comment.body", body), OWN_APP) is None


@COMMENTS
def test_our_own_words_are_not_obeyed(file: str) -> None:
    said = damaged(file, "comment.performed_via_github_app", {"id": OWN_APP})

    assert read_event(event(file), said, OWN_APP) is None


@COMMENTS
def test_another_app_may_ask(file: str) -> None:
    said = damaged(file, "comment.performed_via_github_app", {"id": OWN_APP + 1})

    assert read_event(event(file), said, OWN_APP) is not None


@COMMENTS
@pytest.mark.parametrize("body", ["/recheck", "Thanks!\r\n\r\n/shipworthy recheck\r\n"])
def test_an_order_stands_on_a_line_of_its_own(file: str, body: str) -> None:
    read = read_event(event(file), damaged(file, "comment.body", body), OWN_APP)

    assert read is not None
    assert read.comment is not None
    assert read.comment.body == body


@COMMENTS
@pytest.mark.parametrize("login", ["shipworthy", "shipworthy-bot", "dev_acme"])
def test_a_person_of_any_name_may_ask(file: str, login: str) -> None:
    assert read_event(event(file), damaged(file, "comment.user.login", login), OWN_APP) is not None


@pytest.mark.parametrize(
    "user",
    [
        pytest.param({"type": "User"}, id="a person who writes our hidden line"),
        pytest.param(
            {"type": "User", "avatar_url": "https://avatars.example/in/77?v=4"},
            id="a person with our picture",
        ),
        pytest.param(
            {"type": "Bot", "avatar_url": "https://avatars.example/in/778?v=4"}, id="a bot of another number"
        ),
    ],
)
def test_nobody_is_taken_for_us(user: dict[str, str]) -> None:
    comment = damaged("pull_request_review_comment.created", "comment.body", MARKED)
    comment["comment"]["user"] = {"login": "someone", "id": 42, **user}

    assert read_event("pull_request_review_comment", comment, OWN_APP) is not None


@pytest.mark.parametrize("action", ["resolved", "unresolved"])
def test_what_was_done_to_a_conversation_is_told(action: str) -> None:
    file = f"pull_request_review_thread.{action}"
    first = payload(file)["thread"]["comments"][0]
    read = read_event(event(file), payload(file), OWN_APP)

    assert read is not None
    assert (read.trigger, read.order, read.actor, read.head) == ("thread", action, "dev", HEAD)
    assert read.comment == CommentRef("3000000810", first["body"], "thread", "3000000810")


def test_a_conversation_whose_author_is_no_more_is_told() -> None:
    file = "pull_request_review_thread.resolved"

    assert read_event(event(file), damaged(file, "thread.comments.0.user", None), OWN_APP) is not None
