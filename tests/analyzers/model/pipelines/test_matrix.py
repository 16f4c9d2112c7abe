"""The combinations of a matrix."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.matrix import MOST_ROWS, read_matrix
from tests.analyzers.documents import document
from tests.hanging import must_end


def rows(text: str) -> list[dict[str, str | None]]:
    known = {"inputs.go": "1.25"}
    found = read_matrix("ci.yml", document(f"matrix: {text}\n")["matrix"], known.get)
    return [{name.removeprefix("matrix."): fact.value for name, fact in row.items()} for row in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("${{ fromJSON(needs.a.outputs.b) }}", id="computed"),
        pytest.param("{go: '${{ fromJSON(needs.a.outputs.b) }}'}", id="a computed axis"),
        pytest.param("{go: ['${{ github.sha }}']}", id="an unknown value"),
        pytest.param("{go: []}", id="an empty axis"),
    ],
)
def test_not_known(text: str) -> None:
    assert rows(text) == [{}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{go: [1.24, '1.20']}", [{"go": "1.24"}, {"go": "1.20"}], id="one axis"),
        pytest.param(
            "{a: [1, 2], b: [x, y]}",
            [{"a": "1", "b": "x"}, {"a": "1", "b": "y"}, {"a": "2", "b": "x"}, {"a": "2", "b": "y"}],
            id="two axes",
        ),
        pytest.param(
            "{a: [1, 2], b: [x, y], exclude: [{a: 1}, {a: 2, b: y}]}", [{"a": "2", "b": "x"}], id="exclude"
        ),
        pytest.param(
            "{a: [1, 2], include: [{a: 1, c: z}]}",
            [{"a": "1", "c": "z"}, {"a": "2"}],
            id="include adds to one",
        ),
        pytest.param(
            "{a: [1, 2], include: [{c: z}]}",
            [{"a": "1", "c": "z"}, {"a": "2", "c": "z"}],
            id="include adds to all",
        ),
        pytest.param("{a: [1], include: [{a: 3, c: z}]}", [{"a": "1"}, {"a": "3", "c": "z"}], id="one more"),
        pytest.param(
            "{a: [1], include: [{a: 3}, {a: 3, c: z}, {d: w}]}",
            [{"a": "1", "d": "w"}, {"a": "3"}, {"a": "3", "c": "z"}],
            id="nothing is added to what was included",
        ),
        pytest.param(
            "{a: '${{ f }}', b: [x], include: [{a: 3, b: x}, {c: z}]}",
            [{"b": "x", "c": "z"}, {"a": "3", "b": "x"}],
            id="an axis that cannot be known is not decided by an inclusion",
        ),
        pytest.param("{include: [{f: x}, {f: y}]}", [{"f": "x"}, {"f": "y"}], id="include alone"),
        pytest.param(
            "{image: [{name: a, file: b}]}", [{"image.name": "a", "image.file": "b"}], id="values in values"
        ),
        pytest.param(
            """{a: "${{ fromJSON('[1, true]') }}"}""", [{"a": "1"}, {"a": "true"}], id="a literal list"
        ),
        pytest.param("{go: ['${{ inputs.go }}']}", [{"go": "1.25"}], id="an input"),
        pytest.param("{go: [1.25], x: '${{ f }}'}", [{"go": "1.25"}], id="one axis of two"),
    ],
)
def test_combinations(text: str, expected: list[dict[str, str]]) -> None:
    assert rows(text) == expected


def test_a_matrix_as_large_as_a_file_ends() -> None:
    axes = ", ".join(f"a{n}: [{', '.join(map(str, range(40)))}]" for n in range(40))
    with must_end():
        assert len(rows(f"{{{axes}}}")) == MOST_ROWS
