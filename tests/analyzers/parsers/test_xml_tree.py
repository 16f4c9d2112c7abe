"""XML with places."""

from __future__ import annotations

import pytest

from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.xml_tree import MAX_DEPTH, MAX_ELEMENTS, MAX_LENGTH, Element, parse_xml

SHELTER = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
BILLION = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
FOREIGN = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def places(root: Element) -> list[tuple[str, Span]]:
    return [(element.name, element.span) for element in (root, *root.descendants())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a/>", [("a", Span(1, 1, 1, 5))]),
        ("\n<a>\n</a>", [("a", Span(2, 1, 3, 5))]),
        (
            "<a><b x='>'/>é<c></c></a>",
            [("a", Span(1, 1, 1, 26)), ("b", Span(1, 4, 1, 14)), ("c", Span(1, 15, 1, 22))],
        ),
        ("<a>\r\n  <b\r\n  />\r\n</a>", [("a", Span(1, 1, 4, 5)), ("b", Span(2, 3, 3, 5))]),
        ("<?xml version='1.0' encoding='utf-16'?>\n<a/>", [("a", Span(2, 1, 2, 5))]),
        ("<!DOCTYPE a>\n<a/>", [("a", Span(2, 1, 2, 5))]),
    ],
)
def test_knows_the_place(text: str, expected: list[tuple[str, Span]]) -> None:
    assert places(parse_xml(text)) == expected


def test_keeps_text_attributes_and_comments() -> None:
    root = parse_xml("<a><!-- of b --><b k='v'>one<!-- in b -->two</b><b/></a>")
    first, second = root.named("b")

    assert (first.attributes, first.text, first.comment) == ({"k": "v"}, "onetwo", "of b\nin b")
    assert (second.text, second.comment, root.child_text("b")) == ("", "", "onetwo")
    assert [outer.name for outer in first.around()] == ["a"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("<a>\n<b></a>", 2),
        ("no xml", 1),
        ("<a", 1),
        ("<a>\0</a>", 1),
        (SHELTER, None),
        (BILLION, None),
        (FOREIGN, None),
        ("<a>" * (MAX_DEPTH + 1), 1),
        ("<a>" + "<b/>" * MAX_ELEMENTS + "</a>", 1),
        (" " * (MAX_LENGTH + 1), None),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else str(value),
)
def test_refuses(text: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_xml(text)

    assert refusal.value.line == line
