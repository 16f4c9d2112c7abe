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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A := b\nx: A = 2\nifdef A\nendif\n", [], id="none"),
        pytest.param("# x: y\n\t@echo a: b\n", [], id="a colon in a comment and in a recipe"),
        pytest.param("x: y z # why\n\tone\n\ttwo\n", [(("x",), ("y", "z"), ("one", "two"))], id="one"),
        pytest.param(
            "a b: c\n\tone\n\ni-%:: j\nx:\n\ttwo\n",
            [(("a", "b"), ("c",), ("one",)), (("i-%",), ("j",), ()), (("x",), (), ("two",))],
            id="several",
        ),
    ],
)
def test_rules(text: str, expected: list[tuple[tuple[str, ...], ...]]) -> None:
    makefile = parse_makefile(text)
    assert [
        (rule.targets, rule.needs, tuple(makefile.recipes[number].text for number in rule.recipe))
        for rule in makefile.rules
    ] == expected


def test_what_is_included() -> None:
    assert parse_makefile("include a.mk $(B)\n-include c.mk\nincluded = d\n").includes == (
        "a.mk",
        "$(B)",
        "c.mk",
    )
