"""The local forge's webhook payloads."""

from __future__ import annotations

import pytest

from bot.errors import Malformed
from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.forges.local_events import read_event

OPENED = {
    "action": "opened",
    "repository": "shop",
    "number": 1,
    "base": "main",
    "head": "feature",
    "actor": "ann",
}
CHANGE = ChangeRef("local", "shop", 1, base="main", head="feature")


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({**OPENED, "action": "closed"}, id="another action"),
        pytest.param({**OPENED, "action": "commented", "comment": "thanks"}, id="a comment without an order"),
    ],
)
def test_nothing_is_asked_for(payload: dict[str, object]) -> None:
    assert read_event("change", payload) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("action", None),
        ("repository", None),
        ("repository", "../shop"),
        ("repository", "a/b/c/d"),
        ("repository", ".git"),
        ("number", "1"),
        ("number", 0),
        ("number", -1),
        ("number", 2**40),
        ("base", ""),
        ("base", "--upload-pack=touch"),
        ("head", "a..b"),
        ("head", "a b"),
        ("head", ["a"]),
        ("head", "x" * 1_000),
    ],
)
def test_what_cannot_be_read(name: str, value: object) -> None:
    with pytest.raises(Malformed, match=name):
        read_event("change", {**OPENED, name: value})


@pytest.mark.parametrize(
    ("payload", "request_"),
    [
        pytest.param(OPENED, Request(CHANGE, Trigger.PUSH, "ann"), id="opened"),
        pytest.param({**OPENED, "action": "updated"}, Request(CHANGE, Trigger.PUSH, "ann"), id="updated"),
        pytest.param({**OPENED, "actor": 7}, Request(CHANGE, Trigger.PUSH), id="by nobody known"),
        pytest.param(
            {**OPENED, "action": "commented", "comment": "/recheck"},
            Request(CHANGE, Trigger.COMMAND, "ann", comment=CommentRef("", "/recheck")),
            id="an order",
        ),
    ],
)
def test_what_is_asked_for(payload: dict[str, object], request_: Request) -> None:
    assert read_event("change", payload) == request_
