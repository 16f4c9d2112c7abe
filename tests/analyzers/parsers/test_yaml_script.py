from __future__ import annotations

from textwrap import dedent

import pytest

from analyzers.parsers.yaml_node import Scalar
from analyzers.parsers.yaml_script import place_text
from tests.analyzers.documents import document


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("run: go build ./...\n", id="plain"),
        pytest.param("run: 'go build'\n", id="single quotes"),
        pytest.param('run: "go build"\n', id="double quotes"),
        pytest.param("run: go\n  build\n", id="plain over two lines"),
        pytest.param(
            "run: |\n  go mod download\n\n    go build  \n", id="literal with a blank and an indented line"
        ),
        pytest.param("run: |2-\n    go build\n", id="literal with an indentation indicator"),
        pytest.param("a:\n  - run: |+\n      go build\n\n", id="literal in a list"),
        pytest.param("run: >-\n  go\n  build\n\n  ./...\n", id="folded"),
        pytest.param("run: 'it''s\n  here'\n", id="escaped quote"),
        pytest.param('run: "say \\"go\\" \\\n  build\\nend"\n', id="escapes and a continued line"),
        pytest.param("run: |\r\n  go\r\n  build\r\n", id="CRLF"),
        pytest.param("run: |\n  é日 go\n", id="characters of several bytes"),
    ],
)
def test_every_character_that_is_not_blank_stands_where_it_is_said_to(text: str) -> None:
    root = document(text)
    scalar = next(iter(root["a"]))["run"] if root["a"] else root["run"]
    assert isinstance(scalar, Scalar)
    placed = place_text(scalar)
    lines = text.split("\n")
    assert placed.text == scalar.content
    for offset, character in enumerate(placed.text):
        line, column = placed.point(offset)
        if not character.isspace():
            assert lines[line - 1][column - 1] == character


def test_without_a_way_back_it_stands_at_the_start() -> None:
    scalar = document(dedent('run: "\\x67o build"\n'))["run"]
    assert isinstance(scalar, Scalar)
    placed = place_text(scalar)
    assert placed.text == "go build"
    assert placed.point(0) == (1, 6)
