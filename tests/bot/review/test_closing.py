"""What a comment of ours says once its matter is settled."""

from __future__ import annotations

import pytest

from bot.review.closing import close_done, settled_body
from bot.review.markers import read_any_marker, read_marker
from tests.bot.review.pieces import HEAD, thread


def test_words_that_are_not_ours_are_only_struck() -> None:
    assert settled_body("words", "Done.") == "~~words~~ Done."


@pytest.mark.parametrize(
    ("ignored", "verdict"),
    [
        pytest.param((), f"Fixed in {HEAD[:7]}.", id="fixed"),
        pytest.param(("11111111",), f"Fixed in {HEAD[:7]}.", id="another is ignored"),
        pytest.param(("0badc0de",), f"Ignored in {HEAD[:7]}.", id="ignored"),
    ],
)
def test_the_headline_is_struck_and_the_rest_folded(ignored: tuple[str, ...], verdict: str) -> None:
    closing = close_done(thread(body="**Error:** words\n\nwhy"), HEAD, ignored)
    first, *rest = closing.body.split("\n\n")

    assert first == f"~~**Error:** words~~ {verdict}"
    assert rest[:-1] == ["<details><summary>What it said</summary>", "why", "</details>"]


@pytest.mark.parametrize("kind", ["suggestion", "suggestion:-1+0"])
def test_what_is_settled_is_not_committed_with_a_click_any_more(kind: str) -> None:
    closing = close_done(thread(body=f"**Error:** words\n\n```{kind}\nFROM x\n```"), HEAD, ())

    assert "```\nFROM x\n```" in closing.body


def test_settled_it_is_about_nothing_but_tells_what_it_was() -> None:
    body = close_done(thread(), HEAD, ()).body
    found = read_any_marker(body)

    assert read_marker(body) is None
    assert found
    assert found.fingerprint == "0badc0de"
