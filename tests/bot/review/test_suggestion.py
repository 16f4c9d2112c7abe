"""Which fixes can be applied with one click, and what the others look like."""

from __future__ import annotations

import pytest

from analyzers.finding import Edit, Finding, Fix, Related
from bot.forges.base import FileDiff
from bot.review.placement import place
from bot.review.suggestion import show_fix, suggest
from tests.bot.review.pieces import DOCKERFILE, at, finding

CRLF = "@@ -1,2 +1,2 @@\n-a: 1\r\n+a: 2\r\n b: 1\r"
FILES = (FileDiff("Dockerfile", "modified", DOCKERFILE), FileDiff("crlf.yaml", "modified", CRLF))
RAISE = Edit("Dockerfile", 1, 1, "FROM golang:1.23")


def block(said: Finding, *others: Finding, dialect: str = "github") -> str | None:
    first, *rest = place([said, *others], FILES)
    return suggest(first, [first, *rest], dialect)


@pytest.mark.parametrize(
    ("said", "others", "dialect"),
    [
        pytest.param(finding(), [], "github", id="no fix"),
        pytest.param(finding(edits=(RAISE,)), [], "none", id="a forge without suggestions"),
        pytest.param(
            finding(edits=(RAISE, Edit("Dockerfile", 3, 3, "USER 1"))), [], "github", id="two edits"
        ),
        pytest.param(finding(edits=(Edit("go.mod", 1, 1, "go 1.21"),)), [], "github", id="another file"),
        pytest.param(finding(edits=(Edit("Dockerfile", 2, 2, "RUN x"),)), [], "github", id="another line"),
        pytest.param(
            finding(edits=(Edit("Dockerfile", 1, 2, "FROM x"),)), [], "github", id="more lines than its own"
        ),
        pytest.param(
            finding(edits=(Edit("Dockerfile", 3, 2, "X"),)), [], "github", id="an insertion elsewhere"
        ),
        pytest.param(
            finding(at("Dockerfile", 40), edits=(Edit("Dockerfile", 40, 40, "X"),)),
            [],
            "github",
            id="outside the diff",
        ),
        pytest.param(
            finding(edits=(RAISE,)),
            [finding(fingerprint="11111111")],
            "github",
            id="another finding on the line",
        ),
        pytest.param(
            finding(
                at("main.go"),
                related=(Related(at("Dockerfile", 1), ""),),
                edits=(Edit("main.go", 1, 1, "x"),),
            ),
            [],
            "github",
            id="the comment stands on the partner",
        ),
    ],
)
def test_no_suggestion(said: Finding, others: list[Finding], dialect: str) -> None:
    assert block(said, *others, dialect=dialect) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(finding(edits=(RAISE,)), "FROM golang:1.23\n", id="a line replaced"),
        pytest.param(finding(edits=(Edit("Dockerfile", 1, 1, ""),)), "", id="a line deleted"),
        pytest.param(finding(edits=(Edit("Dockerfile", 1, 1, "A\nB"),)), "A\nB\n", id="a line made two"),
        pytest.param(
            finding(edits=(Edit("Dockerfile", 1, 0, "# why"),)),
            "# why\nFROM golang:1.21\n",
            id="inserted above",
        ),
        pytest.param(
            finding(edits=(Edit("Dockerfile", 2, 1, "ENV A=1"),)),
            "FROM golang:1.21\nENV A=1\n",
            id="inserted below",
        ),
        pytest.param(
            finding(at("Dockerfile", 1, 3), edits=(Edit("Dockerfile", 2, 2, "RUN x"),)),
            "FROM golang:1.21\nRUN x\nUSER app\n",
            id="one of three lines replaced",
        ),
        pytest.param(
            finding(at("Dockerfile", 1, 3), edits=(Edit("Dockerfile", 2, 3, ""),)),
            "FROM golang:1.21\n",
            id="two of three lines deleted",
        ),
        pytest.param(
            finding(at("crlf.yaml", 1, 2), edits=(Edit("crlf.yaml", 1, 1, "a: 3\r"),)),
            "a: 3\r\nb: 1\r\n",
            id="lines end as those of the file",
        ),
        pytest.param(
            finding(at("crlf.yaml", 1), edits=(Edit("crlf.yaml", 1, 1, "a: 3\na: 4"),)),
            "a: 3\r\na: 4\r\n",
            id="new lines too",
        ),
    ],
)
def test_the_suggested_lines(said: Finding, expected: str) -> None:
    assert block(said) == f"```suggestion\n{expected}```"


def test_gitlab_is_told_how_many_lines_are_replaced() -> None:
    said = finding(at("Dockerfile", 1, 3), edits=(Edit("Dockerfile", 1, 1, "FROM x"),))

    assert (block(said, dialect="gitlab") or "").startswith("```suggestion:-2+0\n")


def test_a_fence_in_the_fix_does_not_end_the_block() -> None:
    said = finding(edits=(Edit("Dockerfile", 1, 1, "```\nFROM x"),))

    assert block(said) == "````suggestion\n```\nFROM x\n````"


@pytest.mark.parametrize(
    ("fix", "sources"),
    [
        pytest.param(None, {}, id="no fix"),
        pytest.param(Fix((RAISE,)), {}, id="the present text is not known"),
        pytest.param(
            Fix((RAISE, Edit("go.mod", 1, 1, "x"))), {"Dockerfile": "a", "go.mod": "b"}, id="two files"
        ),
        pytest.param(Fix((Edit(".dockerignore", 1, 0, "x\n" * 40),)), {}, id="too long to read"),
    ],
)
def test_no_diff_is_shown(fix: Fix | None, sources: dict[str, str]) -> None:
    assert show_fix(fix, sources) is None


@pytest.mark.parametrize(
    ("edits", "shown"),
    [
        pytest.param((RAISE,), "@@ line 1 @@\n-FROM a\n+FROM golang:1.23", id="replaced"),
        pytest.param((Edit("Dockerfile", 2, 2, ""),), "@@ line 2 @@\n-RUN b", id="deleted"),
        pytest.param((Edit("Dockerfile", 2, 1, "ENV A=1"),), "@@ line 2 @@\n+ENV A=1", id="inserted"),
        pytest.param(
            (Edit("Dockerfile", 3, 2, "USER 1"), RAISE),
            "@@ line 1 @@\n-FROM a\n+FROM golang:1.23\n@@ line 3 @@\n+USER 1",
            id="two edits",
        ),
    ],
)
def test_a_diff_to_read(edits: tuple[Edit, ...], shown: str) -> None:
    assert (
        show_fix(Fix(edits), {"Dockerfile": "FROM a\r\nRUN b\r\n"})
        == f"In `Dockerfile`:\n\n```diff\n{shown}\n```"
    )
