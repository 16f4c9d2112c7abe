"""Java's .properties files."""

from __future__ import annotations

import pytest

from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.properties import MAX_LENGTH, parse_properties


def pairs(text: str) -> list[tuple[str, str]]:
    return [(entry.key, entry.value) for entry in parse_properties(text)]


@pytest.mark.parametrize("text", ["", "\n \n", "# a=b\n! c=d\n", "\ufeff# a=b"])
def test_has_no_entries(text: str) -> None:
    assert parse_properties(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=b", [("a", "b")]),
        ("a = b c ", [("a", "b c ")]),
        ("a:b", [("a", "b")]),
        ("a b", [("a", "b")]),
        ("a\tb=c", [("a", "b=c")]),
        ("a", [("a", "")]),
        ("a=", [("a", "")]),
        ("=b", [("", "b")]),
        ("a\\ b\\:c\\=d=e", [("a b:c=d", "e")]),
        ("a=b\\\n    c\\\r\n  d\ne=f", [("a", "bcd"), ("e", "f")]),
        ("a=b\\\\\nc=d", [("a", "b\\"), ("c", "d")]),
        ("a=b\\", [("a", "b")]),
        ("a=1\na=2", [("a", "1"), ("a", "2")]),
        ("k=\\u00e9\\t\\n\\q", [("k", "é\t\nq")]),
        ("k=\\u00z", [("k", "u00z")]),
        ("a=b # no comment", [("a", "b # no comment")]),
        ("a=b\\\n# still b", [("a", "b# still b")]),
        ("a=b\rc=d\r\ne=f", [("a", "b"), ("c", "d"), ("e", "f")]),
    ],
)
def test_reads(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("a=b", Span(1, 1, 1, 2), Span(1, 3, 1, 4)),
        ("\n  pool.size : 50", Span(2, 3, 2, 12), Span(2, 15, 2, 17)),
        ("é=日本", Span(1, 1, 1, 2), Span(1, 3, 1, 5)),
        ("a=b\\\n   c", Span(1, 1, 1, 2), Span(1, 3, 2, 5)),
        ("a=", Span(1, 1, 1, 2), Span(1, 3, 1, 3)),
    ],
)
def test_knows_the_place(text: str, key: Span, value: Span) -> None:
    (entry,) = parse_properties(text)

    assert (entry.key_span, entry.value_span) == (key, value)


@pytest.mark.parametrize(
    ("text", "comment"),
    [("a=b", ""), ("# far\n\na=b", ""), ("# one\n! two\na=b", "one\ntwo"), ("# of c\nc=d\na=b", "")],
)
def test_keeps_the_comment_above(text: str, comment: str) -> None:
    assert parse_properties(text)[-1].comment == comment


def test_refuses_what_is_too_long() -> None:
    with pytest.raises(Unreadable):
        parse_properties("a" * (MAX_LENGTH + 1))
