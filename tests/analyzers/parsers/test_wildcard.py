"""Patterns with stars."""

from __future__ import annotations

import pytest

from analyzers.parsers.wildcard import compile_wildcard


@pytest.mark.parametrize("pattern", ["[a", "a\\", "[z-a]"])
def test_a_broken_pattern_is_none(pattern: str) -> None:
    assert compile_wildcard(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("a", "ab", False),
        ("a*b", "a", False),
        ("*.go", "x.go.txt", False),
        ("a?c", "ac", False),
        ("[ab]x", "cx", False),
        ("[^ab]x", "ax", False),
        ("a\\*", "ab", False),
        ("ab*ba", "aba", False),
        ("", "", True),
        ("*", "", True),
        ("*.go", "x.go", True),
        ("a*b*c", "axxbyyc", True),
        ("*a*", "bab", True),
        ("a?c", "abc", True),
        ("[a-c]x", "bx", True),
        ("[!ab]x", "cx", True),
        ("a\\*", "a*", True),
        ("*ab", "abab", True),
    ],
)
def test_matches(pattern: str, text: str, matches: bool) -> None:
    wildcard = compile_wildcard(pattern)

    assert wildcard is not None
    assert wildcard.matches(text) is matches


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        ("x", None, None),
        ("a*z", None, None),
        ("a", 1, 1),
        ("*b", 2, 5),
        ("a*", 1, 6),
        ("*", 0, 6),
        ("a*b*c", 6, 6),
    ],
)
def test_a_match_from_the_start_ends(pattern: str, shortest: int | None, longest: int | None) -> None:
    wildcard = compile_wildcard(pattern)

    assert wildcard is not None
    assert wildcard.end("abaabc", 0, longest=False) == shortest
    assert wildcard.end("abaabc", 0, longest=True) == longest
