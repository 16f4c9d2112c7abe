"""What counts as an order."""

from __future__ import annotations

import pytest

from bot.review.commands import MAX_COMMANDS, Command, find_commands


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("please /recheck", id="in the middle of a line"),
        pytest.param("/recheck please", id="with more words"),
        pytest.param("/rechecks", id="another word"),
        pytest.param("/Recheck", id="with a capital"),
        pytest.param("//recheck", id="two slashes"),
        pytest.param("> /recheck", id="quoted"),
        pytest.param("    /recheck", id="indented code"),
        pytest.param("\t/recheck", id="code after a tab"),
        pytest.param("```\n/recheck\n```", id="in a fence"),
        pytest.param("~~~sh\n/recheck", id="in a fence that never ends"),
        pytest.param("````\n```\n/recheck\n````", id="in a fence inside a fence"),
        pytest.param("```\n~~~\n/recheck\n```", id="another fence does not end it"),
        pytest.param("<!--\n/recheck\n-->", id="in an HTML comment"),
        pytest.param("- /recheck", id="in a list"),
        pytest.param("x" * 70_000 + "\n/recheck", id="behind more text than is read"),
    ],
)
def test_no_order(body: str) -> None:
    assert find_commands(body) == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("/recheck", [Command("recheck")], id="recheck"),
        pytest.param("  /recheck  ", [Command("recheck")], id="with space around"),
        pytest.param("Thanks.\r\n\r\n/recheck full\r\n", [Command("recheck", "full")], id="from a web form"),
        pytest.param("/shipworthy recheck", [Command("recheck")], id="the long form"),
        pytest.param("/shipworthy", [Command("help")], id="the bare name asks for help"),
        pytest.param(
            "/shipworthy Ignore  it is a drill", [Command("ignore", "it is a drill")], id="with an argument"
        ),
        pytest.param(
            "/shipworthy\tignore\tit is a drill", [Command("ignore", "it is a drill")], id="with tabs"
        ),
        pytest.param("```\ncode\n```\n/recheck", [Command("recheck")], id="after a fence"),
        pytest.param("<!-- note -->\n/recheck", [Command("recheck")], id="after an HTML comment"),
        pytest.param("/recheck\n/shipworthy pause", [Command("recheck"), Command("pause")], id="two"),
    ],
)
def test_orders(body: str, expected: list[Command]) -> None:
    assert find_commands(body) == tuple(expected)


def test_no_more_than_a_few() -> None:
    assert len(find_commands("/recheck\n" * 50)) == MAX_COMMANDS
