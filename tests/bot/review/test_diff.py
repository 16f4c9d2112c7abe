"""Which lines of a patch can carry a comment."""

from __future__ import annotations

import pytest

from bot.review.diff import parse_patch

TWO_HUNKS = "@@ -1,2 +1,3 @@ func a\n a\n+b\n c\n@@ -10,2 +11,1 @@\n-d\n e"


@pytest.mark.parametrize(
    "patch",
    [
        pytest.param(None, id="no patch, as for a binary file"),
        pytest.param("", id="empty patch, as for a pure rename"),
        pytest.param("Binary files a/x and b/x differ", id="words instead of hunks"),
        pytest.param("@@ what @@\n+a", id="a header without numbers"),
        pytest.param("@@ -1 +0,0 @@\n-a", id="a deleted file"),
        pytest.param("@@ -1,1 +1,99999999999 @@\n+a", id="a count beyond belief"),
    ],
)
def test_no_line_is_shown(patch: str | None) -> None:
    assert [line for hunk in parse_patch(patch).hunks for line in hunk.head_rows] == []


@pytest.mark.parametrize(
    ("patch", "shown", "added"),
    [
        pytest.param("@@ -0,0 +1 @@\n+a", [1], [1], id="a new file of one line"),
        pytest.param(TWO_HUNKS, [1, 2, 3, 11], [2], id="two hunks"),
        pytest.param(
            "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file", [1], [1], id="no newline at the end"
        ),
        pytest.param(
            "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n", [1, 2], [1, 2], id="newline added"
        ),
        pytest.param("@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+c\r\n", [1, 2], [2], id="carriage returns"),
        pytest.param("@@ -1,3 +1,3 @@\n a\n\n-c\n+d", [1, 2, 3], [3], id="an empty line that lost its space"),
        pytest.param("@@ -1,9 +1,9 @@\n a\n+b", [1, 2], [2], id="cut short"),
        pytest.param("@@ -1,1 +1,1 @@\n-a\n+b\n+more than promised", [1], [1], id="more rows than promised"),
        pytest.param("@@ -1,3 +1,3 @@\n a\n@@ -8 +8 @@\n-x\n+y", [1, 8], [8], id="a header before its time"),
        pytest.param(
            "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b", [1], [1], id="a file header"
        ),
        pytest.param("@@ -1 +1,2 @@\n a\n+@@ -1 +1 @@", [1, 2], [2], id="content that looks like a header"),
    ],
)
def test_lines_shown_and_added(patch: str, shown: list[int], added: list[int]) -> None:
    diff = parse_patch(patch)

    assert sorted(line for hunk in diff.hunks for line in hunk.head_rows) == shown
    assert [line for line in shown if diff.is_added(line)] == added


def test_rows_know_both_sides() -> None:
    rows = parse_patch("@@ -4,2 +6,2 @@ func main()\n a\n-b\n+c").hunks[0]

    assert rows.heading == "func main()"
    assert [(row.sign, row.text, row.old, row.new) for row in rows.rows] == [
        (" ", "a", 4, 6),
        ("-", "b", 5, None),
        ("+", "c", None, 7),
    ]


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        pytest.param(3, 11, False, id="across two hunks"),
        pytest.param(3, 1, False, id="backwards"),
        pytest.param(1, 10**9, False, id="endless"),
        pytest.param(1, 3, True, id="a whole hunk"),
    ],
)
def test_a_stretch_lies_inside_one_hunk(start: int, end: int, inside: bool) -> None:
    assert parse_patch(TWO_HUNKS).hunks[0].spans(start, end) is inside
