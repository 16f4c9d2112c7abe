"""After which pushes all changes onto a branch are looked at again."""

from __future__ import annotations

from typing import Any

import pytest

from bot.forges.base import Request
from bot.forges.github_events import read_event
from tests.bot.forges.github_payloads import OWN_APP, payload


def push(commits: list[dict[str, Any]], ref: str = "refs/heads/main") -> Request | None:
    return read_event("push", {**payload("push"), "ref": ref, "commits": commits}, OWN_APP)


def commit(kind: str, path: str) -> dict[str, Any]:
    return {"added": [], "removed": [], "modified": [], kind: [path]}


@pytest.mark.parametrize(
    "commits",
    [
        pytest.param([], id="no commits"),
        pytest.param([commit("modified", "main.go")] * 2047, id="many commits"),
        pytest.param([commit("modified", "docs/.shipworthy.yaml")], id="settings in a folder"),
        pytest.param([commit("added", ".shipworthy.yml")], id="a name alike"),
        pytest.param([{"id": "1"}], id="lists that were not made"),
    ],
)
def test_a_push_of_code_asks_nothing(commits: list[dict[str, Any]]) -> None:
    assert push(commits) is None


@pytest.mark.parametrize("kind", ["added", "removed", "modified"])
def test_settings_in_any_commit_count(kind: str) -> None:
    commits = [commit("modified", "main.go"), commit(kind, ".shipworthy.yaml"), commit("added", "b.go")]

    assert push(commits) is not None


def test_of_commits_that_are_not_all_listed_the_worst_is_assumed() -> None:
    assert push([commit("modified", "main.go")] * 2048) is not None


def test_the_branch_is_told_in_full() -> None:
    read = push([commit("modified", ".shipworthy.yaml")], "refs/heads/release/1.x")

    assert read is not None
    assert read.branch == "release/1.x"
