"""Changes that are left alone, and reviews that post no comment."""

from __future__ import annotations

import pytest

from analyzers.config import Comments, Skip
from bot.forges.base import Change, ChangeRef
from bot.review.quiet import find_quiet_reason, find_skip_reason
from tests.bot.review.pieces import HEAD, change

BEFORE = "c" * 40


@pytest.mark.parametrize(
    ("reviewed", "skip", "reason"),
    [
        pytest.param(change(), Skip(), "", id="any change"),
        pytest.param(change(labels=("bug",)), Skip(), "", id="another label"),
        pytest.param(change(labels=("no-shipworthy",)), Skip(labels=()), "", id="no label is named"),
        pytest.param(change(author=""), Skip(authors=("ghost",)), "", id="a deleted author"),
        pytest.param(
            change(labels=("bug", "no-shipworthy")), Skip(), "label no-shipworthy", id="the usual label"
        ),
        pytest.param(
            change(author="dependabot[bot]"), Skip(authors=("*[bot]",)), "author dependabot[bot]", id="a bot"
        ),
        pytest.param(change(title="WIP: fast"), Skip(titles=("wip*",)), "title WIP: fast", id="a title"),
        pytest.param(
            change(head_branch="release/1.2"),
            Skip(branches=("release/*",)),
            "branch release/1.2",
            id="a branch",
        ),
    ],
)
def test_what_is_left_alone(reviewed: Change, skip: Skip, reason: str) -> None:
    assert find_skip_reason(reviewed, skip) == reason


@pytest.mark.parametrize(
    ("reviewed", "comments", "reviewed_head", "words"),
    [
        pytest.param(change(), Comments(), BEFORE, "", id="any push"),
        pytest.param(change(is_draft=True), Comments(on_drafts=True), BEFORE, "", id="a draft as wished"),
        pytest.param(change(ends_in_merge=True), Comments(), None, "", id="a merge, never reviewed before"),
        pytest.param(change(ends_in_merge=True), Comments(), HEAD, "", id="a merge that is looked at again"),
        pytest.param(change(is_draft=True), Comments(), None, "A draft gets no comments", id="a draft"),
        pytest.param(
            change(ref=ChangeRef("github", "acme/orders", 7, is_queued=True)),
            Comments(on_drafts=True),
            None,
            "A merge queue's trial",
            id="a merge queue's trial",
        ),
        pytest.param(change(is_by_bot=True), Comments(), None, "A bot's change gets no", id="a bot"),
        pytest.param(
            change(ends_in_merge=True), Comments(), BEFORE, "A push that ends in a merge", id="a merge pushed"
        ),
    ],
)
def test_who_gets_no_comments(
    reviewed: Change, comments: Comments, reviewed_head: str | None, words: str
) -> None:
    reason = find_quiet_reason(reviewed, comments, reviewed_head)

    assert reason.startswith(words)
    assert bool(reason) == bool(words)
