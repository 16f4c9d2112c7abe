"""The demonstration: its repository, its words, and the whole of it with real processes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from analyzers.files import MemoryFiles
from analyzers.reviewing import check, review
from bot.cli.demo import demo
from bot.demo.content import MISTAKES, Mistake, healthy_files, with_mistakes
from bot.demo.telling import as_text, tell_conversations
from bot.store.local import Conversation


def test_the_main_branch_is_in_good_order() -> None:
    report = check(MemoryFiles(healthy_files()))

    assert report.findings == ()
    assert report.notes == ()


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda mistake: f"{mistake.path}: {mistake.after.strip()}"[:60]
)
def test_each_mistake_is_found_in_its_file(mistake: Mistake) -> None:
    healthy = healthy_files()
    report = review(MemoryFiles(healthy), MemoryFiles(with_mistakes(healthy, [mistake])))
    places = {
        path for one in report.findings for path in (one.at.path, *(other.at.path for other in one.related))
    }

    assert mistake.path in places


def test_an_edit_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="is not there just once"):
        with_mistakes({"a": "b b"}, [Mistake("a", "b", "c")])


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Error:** Go `1.21`.", "Error: Go `1.21`."),
        ("See [`a` line 3](http://x/a#L3) (here)", "See `a` line 3 (here)"),
        ("a\n\n<sub>small</sub>\n<!-- hidden -->", "a"),
        ("| a |\n| :- |\n| b |", "| a |\n| b |"),
        ("<details><summary>2 more</summary>\n\n- x\n\n</details>", "2 more\n\n- x"),
        ("a\\_b @\u200bann", "a_b @ann"),
    ],
)
def test_markdown_in_a_terminal(markdown: str, text: str) -> None:
    assert as_text(markdown) == text


def test_comments_are_told_with_their_place() -> None:
    told = tell_conversations(
        [
            Conversation("2", "b", 4, 2, "two", "f", "r", "h", None),
            Conversation("1", "a", None, None, "one", "f", "r", "h", datetime.now(UTC)),
        ]
    )

    assert told == "a\n    one\n\nb, lines 2-4\n    two"


@pytest.mark.process
def test_the_whole_demonstration() -> None:
    ran = CliRunner().invoke(demo)

    assert ran.exit_code == 0, ran.output
    assert "resolved: deploy/deployment.yaml" in ran.output
    assert "posted now: 0" in ran.output
