"""A comment is short: what a reader sees of it at once is eight lines at most, a suggestion aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from analyzers.finding import Edit, Finding, Related
from bot.forges.base import Change
from bot.review.limits import Limits, hold_back
from bot.review.placement import place
from bot.review.threads import Plan
from bot.review.wording import write_threads
from tests.bot.review.pieces import at, change, finding, links, many, many_lines

MOST_LINES = 8
_UNSEEN = re.compile(r"^(`{3,}).*?^\1$|(?<=</summary>).*?</details>|<!--.*?-->", re.M | re.S)


def visible_lines(body: str) -> list[str]:
    """Without code blocks, without what is folded or hidden."""
    return [line for line in _UNSEEN.sub("", body).split("\n") if line.strip()]


def bodies(found: list[Finding], about: Change) -> Iterator[str]:
    placed = place(found, about.files)
    plan = hold_back(Plan(placed), Limits())
    yield from (thread.body for thread in write_threads(plan, placed, {}, links(about)))


def test_a_comment_with_all_there_can_be_is_short() -> None:
    partners = tuple(Related(at(f"deploy/{n}.yaml", n), "asked for here") for n in range(1, 9))
    found = [replace(one, related=partners) for one in many(9)]
    *_, last = bodies(found, change(many_lines(9)))

    assert "<details>" in last
    assert len(visible_lines(last)) <= MOST_LINES


def test_every_comment_tells_how_to_ignore_it_and_how_to_say_it_is_wrong() -> None:
    (body,) = bodies([finding()], change())
    footer = visible_lines(body)[-1]

    assert "ignore with `# shipworthy: ignore[some-rule] reason` above the line" in footer
    assert "wrong? react 👎 or reply `/shipworthy false-positive reason`" in footer


@pytest.mark.parametrize(
    ("about", "has_one"),
    [
        pytest.param(change(), True, id="an open change"),
        pytest.param(change(is_open=False), False, id="a closed one"),
        pytest.param(change(suggestions="none"), False, id="a forge that has none"),
    ],
)
def test_a_suggestion_is_made_where_it_can_be_taken(about: Change, has_one: bool) -> None:
    (body,) = bodies([finding(edits=(Edit("Dockerfile", 1, 1, "FROM golang:1.23"),))], about)

    assert ("```suggestion" in body) == has_one
