"""Where comments stand on GitLab: in its own words, and taken by it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.forges.base import Change, NewThread
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_positions import positions
from tests.bot.forges.drafts import LINES, thread
from tests.bot.forges.gitlab_stage import GitlabStage

BASE = {"Dockerfile": LINES, "old.txt": LINES, "gone.txt": "gone\n", "top.txt": "a\nb\n", "empty.txt": ""}
HEAD = {
    "Dockerfile": LINES.replace("line 5\n", "line five\nline five and a half\n"),
    "moved.txt": LINES.replace("line 9\n", "line nine\n"),
    "new.txt": "one\ntwo\n",
    "top.txt": "first\na\nb\n",
    "empty.txt": "filled\n",
}


def first(change: Change, path: str, line: int | None, start: int | None = None) -> dict[str, Any]:
    assert isinstance(change, GitlabChange)
    return next(positions(change, NewThread(path, line, start, "", "")))


def code(path: str, numbers: str) -> str:
    return f"{hashlib.sha1(path.encode()).hexdigest()}_{numbers}"


@pytest.mark.parametrize(
    ("path", "line", "old_path", "numbers"),
    [
        pytest.param("Dockerfile", 5, "Dockerfile", {"new_line": 5}, id="an added line"),
        pytest.param("Dockerfile", 4, "Dockerfile", {"new_line": 4, "old_line": 4}, id="one above it"),
        pytest.param("Dockerfile", 8, "Dockerfile", {"new_line": 8, "old_line": 7}, id="one below it"),
        pytest.param("new.txt", 2, "new.txt", {"new_line": 2}, id="a new file"),
        pytest.param("moved.txt", 9, "old.txt", {"new_line": 9}, id="a renamed file"),
        pytest.param("moved.txt", 8, "old.txt", {"new_line": 8, "old_line": 8}, id="its unchanged lines"),
        pytest.param("top.txt", 1, "top.txt", {"new_line": 1}, id="the first line"),
        pytest.param("empty.txt", 1, "empty.txt", {"new_line": 1}, id="a file that was empty"),
    ],
)
def test_a_line_has_the_numbers_of_the_sides_that_know_it(
    gitlab: GitlabStage, path: str, line: int, old_path: str, numbers: dict[str, int]
) -> None:
    ref = gitlab.open_change(BASE, HEAD)
    change = gitlab.forge.change(ref)
    refs = gitlab.request(ref).refs or {}

    assert first(change, path, line) == {
        **refs,
        "position_type": "text",
        "old_path": old_path,
        "new_path": path,
        **numbers,
    }


@pytest.mark.parametrize(
    ("path", "start", "end", "codes"),
    [
        pytest.param("Dockerfile", 5, 6, [("6_5", "new"), ("6_6", "new")], id="added lines"),
        pytest.param("Dockerfile", 4, 5, [("4_4", None), ("6_5", "new")], id="from an unchanged line"),
        pytest.param("Dockerfile", 6, 8, [("6_6", "new"), ("7_8", None)], id="to an unchanged line"),
        pytest.param("new.txt", 1, 2, [("0_1", "new"), ("0_2", "new")], id="a new file"),
        pytest.param("top.txt", 1, 2, [("1_1", "new"), ("1_2", None)], id="from the first line"),
    ],
)
def test_a_range_names_its_ends_as_gitlab_does(
    gitlab: GitlabStage, path: str, start: int, end: int, codes: list[tuple[str, str | None]]
) -> None:
    ends = first(gitlab.forge.change(gitlab.open_change(BASE, HEAD)), path, end, start)["line_range"]

    assert [(ends[name]["line_code"], ends[name].get("type")) for name in ("start", "end")] == [
        (code(path, numbers), kind) for numbers, kind in codes
    ]


@pytest.mark.parametrize(
    ("path", "line", "start"),
    [
        ("Dockerfile", 5, None),
        ("Dockerfile", 3, None),
        ("Dockerfile", 6, 4),
        ("Dockerfile", 8, 5),
        ("moved.txt", 9, 7),
        ("new.txt", 2, 1),
        ("top.txt", 2, 1),
        ("empty.txt", 1, None),
        ("gone.txt", None, None),
        ("moved.txt", None, None),
        ("new.txt", None, None),
    ],
)
@pytest.mark.parametrize("companions", [0, 1], ids=["alone", "as a draft"])
def test_gitlab_takes_every_place(
    gitlab: GitlabStage, path: str, line: int | None, start: int | None, companions: int
) -> None:
    ref = gitlab.open_change(BASE, HEAD)
    change = gitlab.forge.change(ref)
    threads = [
        thread(change, path, line, start=start),
        *[thread(change, "new.txt", 1, "1111111c")] * companions,
    ]

    assert gitlab.forge.open_threads(change, threads, "Some.") == []
    position = gitlab.request(ref).discussions[0].notes[0].position or {}
    assert position["position_type"] == ("text" if line else "file")
    assert (position.get("new_line"), "line_range" in position) == (line, start is not None)
