from __future__ import annotations

import pytest

from analyzers.parsers.helm.expression import Call, Expression, Field, Literal, Variable, parse_pipeline

DOT, IMAGE = Variable(""), Field(Variable(""), ("Values", "image"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(".a | 5", id="a literal takes no input"),
        pytest.param("f (.a", id="never closed"),
        pytest.param("f ; g", id="a mark that is none"),
        pytest.param("(" * 40 + ".a" + ")" * 40, id="too deep"),
        pytest.param("f " + ".a " * 1_000, id="too long"),
    ],
)
def test_not_understood(text: str) -> None:
    assert parse_pipeline(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(".", DOT, id="dot"),
        pytest.param("$", Variable("$"), id="root"),
        pytest.param(".Values.image", IMAGE, id="fields"),
        pytest.param("$root.Values", Field(Variable("$root"), ("Values",)), id="fields of a variable"),
        pytest.param("(f .).x", Field(Call("f", (DOT,)), ("x",)), id="fields of a call"),
        pytest.param(r'"a\"b"', Literal('a"b'), id="text"),
        pytest.param("`a`", Literal("a"), id="raw text"),
        pytest.param("-5", Literal(-5), id="number"),
        pytest.param("true", Literal(True), id="truth"),
        pytest.param(".Values.image | quote", Call("quote", (IMAGE,)), id="pipeline"),
        pytest.param(
            "default 5 .Values.image | int", Call("int", (Call("default", (Literal(5), IMAGE)),)), id="call"
        ),
    ],
)
def test_expression(text: str, expected: Expression) -> None:
    assert parse_pipeline(text) == expected
