"""One side of a file from the other."""

from __future__ import annotations

import pytest

from bot.forges.patching import apply_patch
from tests.bot.forges.gitlab_stand_in.diffs import patch
from tests.bot.forges.stand_in.diffs import ChangedFile

LONG = "".join(f"line {number}\n" for number in range(60))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a\nb\nc\n", "a\nx\nc\n", id="a line changed"),
        pytest.param("", "a\nb\n", id="a new file"),
        pytest.param("a\nb\n", "", id="a removed file"),
        pytest.param("a", "b", id="no line feed at the end, before and after"),
        pytest.param("a\nb", "a\nb\n", id="the last line feed added"),
        pytest.param("a\nb\n", "a\nb", id="the last line feed taken away"),
        pytest.param("a\r\nb\r\n", "a\r\nc\r\n", id="carriage returns"),
        pytest.param(LONG, LONG.replace("line 3\n", "").replace("line 50\n", "50\nmore\n"), id="two hunks"),
        pytest.param("\n\n\n", "\n\nx\n\n", id="empty lines"),
        pytest.param("a\x0cb\x85c\u2028d\n", "a\x0cb\x85c\u2028e\n", id="what only looks like a line's end"),
        pytest.param("-- a\n++ b\n@@ -1 +1 @@\n", "-- a\n@@ -2 +2 @@\n", id="content like a header"),
        pytest.param("grün\n", "gelb\n", id="letters beyond ASCII"),
    ],
)
def test_a_patch_leads_there_and_back(before: str, after: str) -> None:
    told = patch(ChangedFile("f", "modified", "", before.encode(), after.encode()))

    assert apply_patch(before.encode(), told) == after.encode()
    assert apply_patch(after.encode(), told, backwards=True) == before.encode()


def test_an_empty_patch_changes_nothing() -> None:
    assert apply_patch(b"a\n", "") == b"a\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"x\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n", id="another context"),
        pytest.param(b"a\nx\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n", id="another line to remove"),
        pytest.param(b"a\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n", id="too short a file"),
        pytest.param(b"a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n", id="a patch that was cut"),
        pytest.param(b"a\nb\n", "@@ -1,1 +1,1 @@\n a\n-b\n+c\n", id="more lines than promised"),
        pytest.param(b"a\nb\n", "@@ -2 +2 @@\n-b\n+c\n@@ -1 +1 @@\n-a\n+d\n", id="hunks out of order"),
        pytest.param(b"a\n", "Binary files a/f and b/f differ\n", id="no patch at all"),
        pytest.param(b"a", "@@ -1 +1 @@\n-a\n+b\n", id="a line feed that is not there"),
    ],
)
def test_what_does_not_fit_is_left_alone(content: bytes, told: str) -> None:
    assert apply_patch(content, told) is None
