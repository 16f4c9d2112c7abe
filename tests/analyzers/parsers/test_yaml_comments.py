from __future__ import annotations

import pytest

from analyzers.parsers.yaml_comments import read_comments
from analyzers.parsers.yaml_tree import parse_yaml
from tests.hanging import must_end


def comments(text: str) -> list[tuple[int, int, str, bool]]:
    found = read_comments(text, parse_yaml(text))
    return [(comment.line, comment.column, comment.text, comment.is_alone) for comment in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: b\n", id="none"),
        pytest.param("a: b#c\n", id="inside a word"),
        pytest.param("a: 'x # y'\n", id="in single quotes"),
        pytest.param('a: "x # y"\n', id="in double quotes"),
        pytest.param('a: "x\n  # y"\n', id="in quotes over two lines"),
        pytest.param("a: |\n  # script\n  echo # x\n", id="in a literal block"),
        pytest.param("a: >\n  # folded\n", id="in a folded block"),
        pytest.param("'k # e': v\n", id="in a quoted key"),
    ],
)
def test_no_comment(text: str) -> None:
    assert comments(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# top\na: b\n", [(1, 1, "# top", True)], id="first line"),
        pytest.param("a: b # why\n", [(1, 6, "# why", False)], id="after a value"),
        pytest.param("a: 'x # y' # z\n", [(1, 12, "# z", False)], id="after quoted text with a hash"),
        pytest.param("a: | # note\n  # text\n", [(1, 6, "# note", False)], id="on the header of a block"),
        pytest.param("a: |\n  # text\n# out\nb: c\n", [(3, 1, "# out", True)], id="after a block"),
        pytest.param("a:\n  # in\n  b: c\n", [(2, 3, "# in", True)], id="indented"),
        pytest.param("a: b # x # y\r\n", [(1, 6, "# x # y", False)], id="to the end of the line"),
    ],
)
def test_comments(text: str, expected: list[tuple[int, int, str, bool]]) -> None:
    assert comments(text) == expected


def test_a_line_full_of_hashes_is_read() -> None:
    text = "[" + '" #",' * 100_000 + "]"
    with must_end():
        assert comments(text) == []
