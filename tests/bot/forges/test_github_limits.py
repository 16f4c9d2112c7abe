"""Texts cut to size."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from bot.forges.github_limits import SUMMARY, cut_bytes, cut_line, cut_text


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


LETTERS = {"letters": "x", "Chinese": "港", "emoji": "🐳", "a family": "👩‍👧", "accents": "e\u0301"}


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
@pytest.mark.parametrize("length", [SUMMARY, SUMMARY + 1, SUMMARY + 2], ids=["all", "one more", "two more"])
def test_characters_are_counted_and_none_is_cut_in_two(letter: str, length: int) -> None:
    text = (letter * length)[:length]
    cut = cut_text(text, SUMMARY)
    kept = cut.removesuffix("\n\n*Cut here: GitHub takes no longer text.*")

    assert len(cut) <= SUMMARY
    assert (cut == text) == (length <= SUMMARY)
    if cut != text:
        assert kept + letter == letter * (len(kept) // len(letter) + 1)
        assert len(kept) > SUMMARY - 200


@pytest.mark.parametrize("fence", ["```", "`````", "~~~"])
@pytest.mark.parametrize("length", [300, 305, 310])
def test_the_announcement_never_stands_in_a_code_block(fence: str, length: int) -> None:
    cut = cut_text(f"{fence}go\n" + "x := `1`\n```\n" * 50, length)
    *_, words, _ = MarkdownIt().parse(cut)

    assert len(cut) <= length
    assert words.content == "*Cut here: GitHub takes no longer text.*"


def test_an_endless_fence_is_left_out() -> None:
    cut = cut_text("words\n" + "`" * 300 + "\n" + "x" * 500, 600)

    assert cut == "words\n\n\n*Cut here: GitHub takes no longer text.*"


@pytest.mark.parametrize("length", range(300, 330))
def test_no_link_is_cut_in_two(length: int) -> None:
    cut = cut_text("word [the place](https://forge.example.com/x#L1) " * 20, length)
    kept = cut.partition("\n\n*Cut")[0]

    assert kept.count("[") == kept.count("](https://forge.example.com/x#L1)")


def test_a_folded_part_is_closed() -> None:
    cut = cut_text("<details><summary>More</summary>\n\n" + "- a line\n" * 100 + "\n</details>", 400)

    assert cut.endswith("- a line\n\n</details>\n\n*Cut here: GitHub takes no longer text.*")
