"""Makefiles, as far as they are plain text."""

from __future__ import annotations

import pytest

from analyzers.parsers.makefile import parse_makefile


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A = 1\nA = 2\n", {"A": None}, id="set twice"),
        pytest.param("A ?= 1\nifdef B\n  A := 2\nendif\n", {"A": None}, id="set under a condition"),
        pytest.param("A = 1\nA += 2\n", {"A": None}, id="added to"),
        pytest.param("A != date\n", {"A": None}, id="what a command says"),
        pytest.param("A = 1\nx: A = 2\n", {"A": None}, id="set for a target"),
        pytest.param("\tA = 1\n", {}, id="in a recipe"),
        pytest.param("A := 1 # one\nexport B ?= $(A)/b\n", {"A": "1", "B": "$(A)/b"}, id="as written"),
        pytest.param("A = b \\\n  c\n", {"A": "b   c"}, id="over lines"),
        pytest.param("A = 1\nA = 1\n", {"A": "1"}, id="twice the same"),
    ],
)
def test_variables(text: str, expected: dict[str, str | None]) -> None:
    assert parse_makefile(text).variables == expected


def test_recipes_have_their_lines() -> None:
    recipes = parse_makefile("all: x\n\t@docker build \\\n\t  -t a .\n\t-true\n").recipes

    assert [(recipe.text, recipe.beginning[0]) for recipe in recipes] == [
        ("docker build \t  -t a .", 2),
        ("true", 4),
    ]
