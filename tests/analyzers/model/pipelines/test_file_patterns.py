"""Patterns of hashFiles against the files of a tree."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.file_patterns import find_matches

TREE = ("go.mod", "web/package-lock.json", "cmd/orders/.env", "deep/er/still/go.sum", "docs/a-b.md")


@pytest.mark.parametrize(
    "patterns",
    [
        ["go.mod"],
        ["./go.mod"],
        ["**/go.sum"],
        ["**/go.mod"],
        ["deep/**/go.sum"],
        ["deep/**"],
        ["deep"],
        ["web/*.json"],
        ["web/**/package-lock.json"],
        ["**/.e?v"],
        ["**/[a-c]-b.md"],
        ["nothing", "go.mod"],
        ["**/*", "!**/go.mod"],
        ["!go.mod", "go.mod"],
        ["# a remark", "go.mod"],
        ["*"],
    ],
)
def test_some_file_is_left(patterns: list[str]) -> None:
    assert find_matches(patterns, TREE) is True


@pytest.mark.parametrize(
    "patterns",
    [
        ["go.sum"],
        ["**/go.work"],
        ["*/go.sum"],
        ["web/{package,yarn}-lock.json"],
        ["package-lock.json"],
        ["go.mod", "!**/go.mod"],
        ["GO.MOD"],
        ["go.mod/x"],
        [],
    ],
)
def test_nothing_is_left(patterns: list[str]) -> None:
    assert find_matches(patterns, TREE) is False


@pytest.mark.parametrize(
    "pattern", ["/go.mod", "~/go.mod", "../go.mod", "$HOME/x", "${{ matrix.x }}/go.sum", "[a"]
)
def test_out_of_the_workspace(pattern: str) -> None:
    assert find_matches([pattern], TREE) is None


def test_many_stars_take_no_time() -> None:
    assert find_matches(["**/" * 50 + "*a*a*a*b"], ["a/" * 200 + "a"]) is False
