"""Texts cut to size."""

from __future__ import annotations

import pytest

from bot.forges.github_limits import cut_bytes, cut_line, cut_text


@pytest.mark.parametrize(
    "text", ["", "short", "🐳" * 100], ids=["empty", "short", "exactly as long as allowed"]
)
def test_what_fits_is_left_alone(text: str) -> None:
    assert cut_text(text, 100) == text


def test_a_cut_is_announced_and_falls_between_paragraphs() -> None:
    cut = cut_text("one one one one one one one one one one\n\ntwo " + "two " * 50, 120)

    assert cut == "one one one one one one one one one one\n\n*Cut here: GitHub takes no longer text.*"


def test_a_code_block_is_closed_before_the_announcement() -> None:
    cut = cut_text("```go\n" + "x := 1\n" * 50, 150)

    assert cut.count("```") == 2
    assert len(cut) <= 150


def test_lines_and_bytes_are_cut_between_characters() -> None:
    assert cut_line("abcdef", 4) == "abc…"
    assert cut_bytes("🐳🐳🐳", 12) == "🐳🐳🐳"
    assert cut_bytes("🐳🐳🐳", 11) == "🐳🐳…"
