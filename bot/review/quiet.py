"""When we keep quiet: changes that are not reviewed at all, and reviews that post no comment."""

from __future__ import annotations

from analyzers.config import Comments, Skip, find_match
from bot.forges.base import Change
from bot.review.decisions import named
from bot.review.markdown import prose


def find_skip_reason(change: Change, skip: Skip) -> str:
    """What the change has that the settings leave alone, such as `label no-shipworthy`; empty for nothing."""
    told = (
        ("label", change.labels, skip.labels),
        ("author", (change.author,), skip.authors),
        ("title", (change.title,), skip.titles),
        ("branch", (change.head_branch,), skip.branches),
    )
    for what, texts, patterns in told:
        if found := find_match(texts, patterns):
            return f"{what} {found}"
    return ""


def find_quiet_reason(
    change: Change, comments: Comments, reviewed_head: str | None, paused_by: str | None = None
) -> str:
    """Why no new comment is posted, in a sentence of Markdown; empty where they are.

    `reviewed_head` is the head of the last review. Nothing is lost: the next review that may speak does.
    """
    if paused_by is not None:
        name = prose(named(paused_by))
        return f"Comments are paused by {name}; `/shipworthy resume` brings them back."
    if change.ref.is_queued:
        return "A merge queue's trial gets no comments."
    if change.is_draft and not comments.on_drafts:
        return "A draft gets no comments until it is ready for review."
    if change.is_by_bot:
        return "A bot's change gets no comments: it cannot answer them."
    if change.ends_in_merge and reviewed_head and reviewed_head != change.head:
        return "A push that ends in a merge gets no comments: what it brings is mostly the work of others."
    return ""
