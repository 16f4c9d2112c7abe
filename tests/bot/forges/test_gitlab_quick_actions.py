"""What a change contains gives GitLab no orders through our comments."""

from __future__ import annotations

import dataclasses

import pytest

from bot.forges.base import CommentRef, Request, Trigger
from bot.forges.gitlab_quick_actions import defuse
from tests.bot.forges.drafts import summary, thread
from tests.bot.forges.gitlab_stage import GitlabStage

HOSTILE = [
    pytest.param("/merge", id="alone"),
    pytest.param("Trouble.\n/approve\nMore.", id="on a line of its own"),
    pytest.param("````suggestion:-0+2\na\n```\n/merge\n```\n````", id="behind backticks in a longer block"),
    pytest.param("~~~\n/merge\n~~~", id="in a block of tildes"),
    pytest.param("```\na\n```\n/close", id="behind a block"),
    pytest.param("```\n/close", id="in a block without end"),
]


@pytest.mark.parametrize(
    "body",
    [
        "```suggestion:-0+0\n/bin/app\n```",
        "See `/recheck` and https://a.example/b",
        " /indented",
        "a/b",
        "//",
        "",
    ],
)
def test_what_is_no_order_is_left_as_it_is(body: str) -> None:
    assert defuse(body) == body


@pytest.mark.parametrize("body", HOSTILE)
@pytest.mark.parametrize("companions", [0, 1], ids=["a comment", "drafts"])
def test_a_comment_gives_no_orders(gitlab: GitlabStage, body: str, companions: int) -> None:
    change = gitlab.forge.change(gitlab.open_change({"a": "1\n"}, {"a": "2\n"}))
    said = [dataclasses.replace(thread(change, "a", 1), body=body)] * (1 + companions)
    gitlab.forge.open_threads(change, said, "Some.")

    assert gitlab.stand_in.world.orders == []


@pytest.mark.parametrize("body", HOSTILE)
def test_neither_does_a_summary_nor_an_answer(gitlab: GitlabStage, body: str) -> None:
    ref = gitlab.open_change({"a": "1\n"}, {"a": "2\n"})
    gitlab.forge.publish_summary(gitlab.forge.change(ref), summary(body))
    gitlab.forge.reply(Request(ref, Trigger.COMMAND, comment=CommentRef("1", "/x")), f"{body}\n\n<!-- 1 -->")

    assert gitlab.stand_in.world.orders == []


def test_the_stand_in_would_carry_them_out(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change({"a": "1\n"}, {"a": "2\n"})
    client = gitlab.forge._client
    client.write(
        "POST", f"/projects/{gitlab.project.id}/merge_requests/{ref.number}/notes", {"body": "/merge"}
    )

    assert gitlab.stand_in.world.orders == ["/merge"]
