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
        pytest.param("A := b\nA ::= b\n", [], id="variables"),
        pytest.param("# a: b\nifeq (a, b)\n", [], id="comments and conditions"),
        pytest.param("a: export B = c\n", [], id="a variable of a target"),
        pytest.param("a b: c | d # e\n", [(("a", "b"), ("c", "d"), ())], id="no recipe"),
        pytest.param(
            "a:: b\n\tone\nifdef C\n\ttwo\nendif\nD = e\nf:\n\tthree\n",
            [(("a",), ("b",), ("one", "two")), (("f",), (), ("three",))],
            id="each with its lines",
        ),
        pytest.param(
            "a:\n\tone\ndefine b\n\ttwo\nendef\n",
            [(("a",), (), ("one",)), ((), (), ("two",))],
            id="what define names",
        ),
    ],
)
def test_rules(text: str, expected: list[tuple[tuple[str, ...], ...]]) -> None:
    rules = parse_makefile(text).rules

    assert [
        (rule.targets, rule.needs, tuple(each.text for each in rule.recipes)) for rule in rules
    ] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A = b\n", ""),
        (".PHONY: b\na%: c\nb: c\n", "b"),
        (".DEFAULT_GOAL := c\nb: d\n", "c"),
    ],
)
def test_what_is_made_first(text: str, expected: str) -> None:
    assert parse_makefile(text).goal == expected


def test_what_is_taken_in() -> None:
    assert parse_makefile("-include a.mk b.mk\ninclude c.mk\nincludes: d\n").includes == (
        "a.mk",
        "b.mk",
        "c.mk",
    )
