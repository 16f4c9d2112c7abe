from __future__ import annotations

import pytest

from analyzers.model.pipelines.scripts import Scripts
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Scalar
from tests.analyzers.documents import document


def scalars(text: str) -> list[Scalar]:
    return [node for node in document(text)["run"] if isinstance(node, Scalar)]


def test_no_script_no_commands() -> None:
    assert Scripts().read("ci.yml", []) == ()


def test_commands_stand_where_they_are_written() -> None:
    found = Scripts().read("ci.yml", scalars("run:\n  - cd app\n  - |\n    go build\n    go test ./...\n"))
    assert [(command.words, str(command.at), command.at.span.column) for command in found] == [
        (("cd", "app"), "ci.yml:2", 5),
        (("go", "build"), "ci.yml:4", 5),
        (("go", "test", "./..."), "ci.yml:5", 5),
    ]


def test_an_expression_stays_in_its_word_and_makes_it_vary() -> None:
    text = "run:\n  - docker build -t app:${{ github.sha }} . > ${{ x }}.log && V=${{ y }} make\n"
    build, make = Scripts().read("ci.yml", scalars(text))
    assert build.words == ("docker", "build", "-t", "app:${{ github.sha }}", ".")
    assert build.varying == {3}
    assert build.writes == ("${{ x }}.log",)
    assert make.assignments == {"V": "${{ y }}"}
    assert build.word_at(4).span.column == 43


def test_a_shared_script_is_read_once() -> None:
    scripts, shared = Scripts(), scalars("run: [go build]\n")
    assert scripts.read("ci.yml", shared) is scripts.read("ci.yml", shared)


def test_past_its_time_it_gives_up() -> None:
    with pytest.raises(Unreadable) as raised:
        Scripts(seconds=0).read("ci.yml", scalars("run:\n  - go build\n"))
    assert raised.value.line == 2
