"""What is read of large YAML files."""

from __future__ import annotations

import pytest

from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_excerpt import MOST_CHARACTERS, MOST_DOCUMENTS, MOST_KEPT, parse_excerpt


def rank(document: str) -> int | None:
    return 0 if "wanted: 1" in document else 1 if "wanted: 2" in document else None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("#" * (MOST_CHARACTERS + 1), "longer than 5,242,880 characters", id="too long"),
        pytest.param("---\n" * (MOST_DOCUMENTS + 1), "more than 20,000 documents", id="too many"),
        pytest.param("---\nwanted: 1\n" * 2_001, "more than 2,000 documents", id="too many wanted"),
        pytest.param("wanted: 1\na: [\n---\n", "not valid YAML", id="broken"),
        pytest.param("wanted: 1\na: " + "[" * 200, "nested deeper", id="too deep"),
    ],
)
def test_refuses(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_excerpt(text, rank)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("a: 1\n---\nb: 1\n", [], id="nothing wanted"),
        pytest.param("a: [\n---\nwanted: 1\n", [3], id="the others may be anything"),
        pytest.param("# a\n\n---\nwanted: 1\n---\nb: 1\n--- \nwanted: 2\n", [4, 8], id="lines stay"),
        pytest.param("wanted: 1\nb: |\n  ---\n  c\n", [1], id="a division inside a text"),
        pytest.param("---\r\nwanted: 1\r\n---\r\nb: 1\r\n", [2], id="CRLF"),
    ],
)
def test_where_documents_stand(text: str, lines: list[int]) -> None:
    excerpt = parse_excerpt(text, rank)
    assert [document.span.line for document in excerpt.documents] == lines
    assert excerpt.left_out == 0


def test_the_lowest_rank_has_room_first() -> None:
    long = "x: " + "y" * (MOST_KEPT - 200)
    excerpt = parse_excerpt(f"a: 1\n---\nwanted: 2\n{long}\n---\nwanted: 1\n{'z' * 200}: 1\n", rank)
    assert [document.span.line for document in excerpt.documents] == [6]
    assert (excerpt.left_out, excerpt.line) == (1, 2)
