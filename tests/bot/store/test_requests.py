"""What is kept of a payload comes back whole, whichever version wrote it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.forges.base import ChangeRef, CommentRef, Request, Trigger
from bot.store.requests import decode, encode

CHANGE = ChangeRef("github", "acme/shop", 12, "99")


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(Request(CHANGE, Trigger.PUSH, "dev", "a" * 40), id="push"),
        pytest.param(
            Request(CHANGE, Trigger.COMMAND, "dev", comment=CommentRef("7", "/recheck \0 \ud800 ✓", "issue")),
            id="comment with odd characters",
        ),
        pytest.param(
            Request(replace(CHANGE, base="b", head="c", is_queued=True), Trigger.MERGE, head="c"),
            id="trial merge",
        ),
        pytest.param(Request(CHANGE, Trigger.SURVEY, branch="release/1.x"), id="survey of a branch"),
    ],
)
def test_comes_back_whole(request_: Request) -> None:
    assert decode(json.loads(json.dumps(encode(request_)))) == request_


def test_reads_what_a_newer_version_wrote() -> None:
    row = encode(Request(CHANGE, Trigger.RERUN))
    row["colour"] = "red"
    row["change"]["colour"] = "red"
    assert decode(row) == Request(CHANGE, Trigger.RERUN)
