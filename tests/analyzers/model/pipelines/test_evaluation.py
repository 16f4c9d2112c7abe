"""Expressions of GitHub Actions."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.evaluation import evaluate, literal_json, put_in, resolve

KNOWN = {"matrix.go": "1.25", "inputs.file": "", "inputs.image-name": "app", "env.A": "${{ inputs.x }}"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "github.sha",
        "matrix.go == '1.25'",
        "!inputs.file",
        "hashFiles('**/go.sum')",
        "fromJSON(inputs.file)",
        "format('{0}', github.sha)",
        "format(",
        "'a' 'b'",
        "'unfinished",
        "github.sha || 'x'",
        "((((",
    ],
)
def test_not_known(text: str) -> None:
    assert evaluate(text, KNOWN.get) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("matrix.go", "1.25"),
        (" inputs.image-name ", "app"),
        ("'it''s'", "it's"),
        ("true", "true"),
        ("1.5", "1.5"),
        ("inputs.file || 'Dockerfile'", "Dockerfile"),
        ("inputs.image-name || github.sha", "app"),
        ("format('{0}:{1}', inputs.image-name, matrix.go)", "app:1.25"),
        ("format('{0}{0}', 'a')", "aa"),
    ],
)
def test_evaluate(text: str, value: str | None) -> None:
    assert evaluate(text, KNOWN.get) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("golang:${{ matrix.go }}-alpine", "golang:1.25-alpine"),
        ("${{ matrix.go }}${{ github.sha }}", None),
        ("${{ env.A }}", None),
        ("${{ unclosed", None),
    ],
)
def test_resolve(text: str, value: str | None) -> None:
    assert resolve(text, KNOWN.get) == value


def test_put_in_keeps_what_is_not_known() -> None:
    assert put_in("${{ matrix.go }}-${{ github.sha }}", KNOWN.get) == "1.25-${{ github.sha }}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("${{ fromJSON(needs.a.outputs.b) }}", None),
        ("${{ fromJSON('[') }}", None),
        ("${{ fromJSON('" + "[" * 4_000 + "') }}", None),
        ("""${{ fromJSON('["a", 1]') }}""", ["a", 1]),
        ("""${{ fromJson('{"go": "1.25"}') }}""", {"go": "1.25"}),
    ],
)
def test_literal_json(text: str, value: object) -> None:
    assert literal_json(text) == value
