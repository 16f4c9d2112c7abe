"""Circles among names."""

from __future__ import annotations

import pytest

from analyzers.model.circles import MOST_CIRCLES, find_circles, told


def circles(graph: dict[str, str]) -> list[str]:
    return [" ".join(circle) for circle in find_circles(graph, lambda name: graph.get(name, "").split())]


@pytest.mark.parametrize(
    "graph",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"a": "b", "b": "c"}, id="a line"),
        pytest.param({"a": "b c", "b": "d", "c": "d", "d": ""}, id="two ways to one"),
        pytest.param({"a": "elsewhere"}, id="what is not there"),
    ],
)
def test_no_circle(graph: dict[str, str]) -> None:
    assert circles(graph) == []


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        pytest.param({"a": "a"}, ["a"], id="itself"),
        pytest.param({"a": "b", "b": "c", "c": "a"}, ["a b c"], id="three"),
        pytest.param({"x": "a", "a": "b", "b": "a"}, ["a b"], id="behind another"),
        pytest.param({"a": "b c", "b": "a", "c": "a"}, ["a b", "a c"], id="two through one"),
    ],
)
def test_circles(graph: dict[str, str], expected: list[str]) -> None:
    assert circles(graph) == expected


def test_not_all_of_many_are_told() -> None:
    graph = {str(each): " ".join(map(str, range(60))) for each in range(60)}
    assert len(circles(graph)) == MOST_CIRCLES


def test_a_circle_in_words() -> None:
    assert told(("a",)) == "a and a again"
    assert told(("a", "b", "c", "d", "e", "f")) == "a, b, c, d, e … and a again"
