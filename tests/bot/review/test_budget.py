"""Long texts cut where they may be cut."""

from __future__ import annotations

import pytest

from bot.review.budget import Block, fit


def test_what_fits_is_whole() -> None:
    blocks = [Block("a"), Block("<details>\n", ["- b"], "\n</details>")]

    assert fit(blocks, "tail", 1_000) == "a\n\n<details>\n\n- b\n\n</details>\n\ntail"


@pytest.mark.parametrize("letter", ["x", "ß", "🚢"], ids=["one byte", "two bytes", "four bytes"])
@pytest.mark.parametrize("limit", range(500, 560, 7))
def test_the_limit_holds_to_the_byte(letter: str, limit: int) -> None:
    blocks = [Block(letter * 20, [f"- {letter * 10} {n}" for n in range(200)], "end"), Block(letter * 400)]
    text = fit(blocks, "tail", limit)

    assert len(text.encode()) <= limit
    assert text.endswith("tail")


def test_missing_rows_are_counted() -> None:
    text = fit([Block("head", [f"- row {n}" for n in range(100)], "end")], "", 700)
    shown = text.count("- row")

    assert f"- … and {100 - shown} more\nend" in text


def test_a_missing_block_is_announced() -> None:
    text = fit([Block("first"), Block("x" * 5_000), Block("last")], "tail", 1_000)

    assert text.startswith("first\n\nlast\n\n_This text was shortened")
    assert text.endswith("\n\ntail")
