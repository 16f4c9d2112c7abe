"""Bake files, in HCL and in JSON."""

from __future__ import annotations

import pytest

from analyzers.parsers.bake import (
    Choice,
    Expression,
    Items,
    Literal,
    Object,
    Opaque,
    Reference,
    Template,
    parse_bake_json,
    parse_hcl,
)
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable


def value(text: str) -> Expression:
    return parse_hcl(f"a = {text}\n").attributes["a"].value


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        pytest.param("target a {", "not HCL", 1, id="an open block"),
        pytest.param("a = 1\nb = = 2\n", "not HCL", 2, id="a value too much"),
        pytest.param("#" * 200_000, "larger than 128 KiB", None, id="a file too large"),
        pytest.param("a = " + "[" * 51 + "]" * 51, "nested deeper than 50 levels", None, id="lists in lists"),
        pytest.param('target "a" {}\n' * 2_001, "more than 2,000 blocks", None, id="too many blocks"),
    ],
)
def test_refuses_hcl(text: str, reason: str, line: int | None) -> None:
    with pytest.raises(Unreadable, match=reason) as problem:
        parse_hcl(text)
    assert problem.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('f("x")', id="a function"),
        pytest.param("[for t in X : t]", id="for"),
        pytest.param("x[0]", id="an index"),
        pytest.param("!x", id="an operation"),
        pytest.param("x ? 1 : 2", id="a condition that is no comparison"),
        pytest.param("<<E\nx\nE", id="a heredoc"),
        pytest.param("x == 1 ? " * 100 + "1" + " : 2" * 100, id="conditions in conditions"),
    ],
)
def test_what_is_not_evaluated(text: str) -> None:
    assert value(text) == Opaque()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('""', Literal(""), id="an empty text"),
        pytest.param('"a\\n\\"b\\" \\u00e9"', Literal('a\n"b" é'), id="escapes"),
        pytest.param('"$${a}"', Literal("${a}"), id="no variable"),
        pytest.param("null", Literal(None), id="null"),
        pytest.param("true", Literal("true"), id="a truth value"),
        pytest.param("12", Literal("12"), id="a number"),
        pytest.param("TAG", Reference(("TAG",)), id="a variable"),
        pytest.param("item.name", Reference(("item", "name")), id="an attribute"),
        pytest.param('"a:${TAG}"', Template((Literal("a:"), Reference(("TAG",)))), id="a template"),
        pytest.param('"${f(1)}"', Template((Opaque(),)), id="a function in a template"),
        pytest.param('["a", B,]', Items((Literal("a"), Reference(("B",)))), id="a list"),
        pytest.param(
            '{a = 1, "b" = 2, (C): 3}',
            Object(
                (
                    (Literal("a"), Literal("1")),
                    (Literal("b"), Literal("2")),
                    (Reference(("C",)), Literal("3")),
                )
            ),
            id="an object",
        ),
        pytest.param(
            'T == "" ? 1 : 2',
            Choice(Reference(("T",)), Literal(""), True, Literal("1"), Literal("2")),
            id="a comparison",
        ),
        pytest.param(
            'notequal("", T) ? 1 : 2',
            Choice(Literal(""), Reference(("T",)), False, Literal("1"), Literal("2")),
            id="a comparison by a function",
        ),
    ],
)
def test_values(text: str, expected: Expression) -> None:
    assert value(text) == expected


def test_blocks_have_kinds_names_and_places() -> None:
    file = parse_hcl('\n# one\ntarget "web" {\n  context = "é"\n}\ngroup default {}\n')

    assert [(block.kind, block.name, block.span) for block in file.blocks] == [
        ("target", "web", Span(3, 1, 3, 15)),
        ("group", "default", Span(6, 1, 6, 17)),
    ]
    assert file.blocks[0].attributes["context"].span == Span(4, 3, 4, 16)


@pytest.mark.parametrize("text", ["", "[]", "{}\n---\n{}", "{"])
def test_refuses_json(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_bake_json(text)


def test_json_says_the_same() -> None:
    file = parse_bake_json(
        '{\n\t"variable": {"TAG": {"default": "1"}},\n'
        '\t"target": {\n\t\t"web": {"tags": ["a:${TAG}", "${f(1)}"]}\n\t}\n}'
    )
    blocks = {(block.kind, block.name): block for block in file.blocks}

    assert blocks["variable", "TAG"].attributes["default"].value == Literal("1")
    assert blocks["target", "web"].attributes["tags"].value == Items(
        (Template((Literal("a:"), Reference(("TAG",)))), Template((Opaque(),)))
    )
    assert blocks["target", "web"].span.line == 4
