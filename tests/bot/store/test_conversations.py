"""What the store keeps of changes that no forge keeps for us, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from analyzers.finding import Severity
from bot.forges.base import Annotation, Conclusion, NewThread, Summary
from bot.store.local import Conversations

KEY = "local:shop#1"
THREAD = NewThread("a\tb/Größe.yaml", 7, 5, "words with 🚢 and `code`", "0badc0de")
SUMMARY = Summary(
    Conclusion.NEUTRAL, "One thing", "Körper", (Annotation("a", 1, 2, Severity.NOTE, "title", "message"),)
)


@pytest.fixture
def conversations(engine: sa.Engine) -> Conversations:
    return Conversations(engine)


def test_an_unknown_change_has_nothing(conversations: Conversations) -> None:
    assert conversations.of(KEY) == ()
    assert conversations.summary(KEY) is None
    assert conversations.changes() == ()


def test_opening_nothing_is_nothing(conversations: Conversations) -> None:
    conversations.open(KEY, "head", [])

    assert conversations.of(KEY) == ()


def test_a_thread_is_kept_as_it_was_opened(conversations: Conversations) -> None:
    conversations.open(KEY, "head", [(THREAD, "some-rule")])
    conversations.open("local:shop#2", "head", [(THREAD, "some-rule")])
    (kept,) = conversations.of(KEY)

    assert NewThread(kept.path, kept.line, kept.start_line, kept.body, kept.fingerprint) == THREAD
    assert (kept.rule, kept.head, kept.resolved_at) == ("some-rule", "head", None)


def test_a_path_that_is_no_text_does_no_harm(conversations: Conversations) -> None:
    odd = b"\xff.yaml".decode("utf-8", "surrogateescape")
    conversations.open(KEY, "head", [(replace(THREAD, path=odd), "some-rule")])
    conversations.publish(
        KEY, "head", replace(SUMMARY, annotations=(replace(SUMMARY.annotations[0], path=odd),))
    )

    assert [one.path for one in conversations.of(KEY)] == ["?.yaml"]


def test_a_closed_thread_keeps_the_time_it_was_closed(conversations: Conversations) -> None:
    conversations.open(KEY, "head", [(THREAD, "some-rule"), (replace(THREAD, line=9), "some-rule")])
    first, second = conversations.of(KEY)
    conversations.close([first.id])
    closed = conversations.of(KEY)[0].resolved_at
    conversations.close([first.id])

    assert closed
    assert [one.resolved_at for one in conversations.of(KEY)] == [closed, None]
    assert second.id == conversations.of(KEY)[1].id


def test_a_summary_is_replaced_for_its_head_alone(conversations: Conversations) -> None:
    conversations.publish(KEY, "one", replace(SUMMARY, title="first"))
    conversations.publish(KEY, "two", replace(SUMMARY, title="second"))
    conversations.publish(KEY, "one", SUMMARY)

    assert conversations.summary(KEY, "one") == ("one", SUMMARY)
    assert conversations.summary(KEY, "two") == ("two", replace(SUMMARY, title="second"))
    assert conversations.summary(KEY) == ("one", SUMMARY)


def test_changes_are_listed_with_their_newest_summary(conversations: Conversations) -> None:
    conversations.publish(KEY, "one", replace(SUMMARY, title="old"))
    conversations.publish("local:shop#2", "one", SUMMARY)
    conversations.publish(KEY, "two", replace(SUMMARY, title="new"))

    assert [(key, summary.title) for key, summary in conversations.changes()] == [
        (KEY, "new"),
        ("local:shop#2", "One thing"),
    ]
