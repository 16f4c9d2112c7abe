"""Commands as rules see them."""

from __future__ import annotations

import pytest

from analyzers.model.command_reader import read_argv, read_commands, script_of
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span


def texts(*words: str) -> list[JoinedText]:
    return [JoinedText([Piece(word, number, 1)]) for number, word in enumerate(words, 1)]


@pytest.mark.parametrize(
    ("words", "script"),
    [
        ([], None),
        (["sh", "-c"], None),
        (["sh", "x.sh", "y"], None),
        (["sh", "x.sh", "-c", "y"], None),
        (["server", "-c", "x"], None),
        (["bash", "--norc", "x"], None),
        (["sh", "-c", "x"], "x"),
        (["/bin/bash", "-euo", "-c", "x"], "x"),
        (["bash", "--norc", "-ec", "x", "argument"], "x"),
    ],
)
def test_a_shell_is_given_a_script(words: list[str], script: str | None) -> None:
    found = script_of(texts(*words))

    assert (found and found.text) == script


def test_an_array_is_one_command() -> None:
    (command,) = read_argv(texts("/usr/bin/server", "--port", "80"), "x.yaml")

    assert (command.name, command.words, command.is_last) == (
        "server",
        ("/usr/bin/server", "--port", "80"),
        True,
    )
    assert (command.at.path, command.at.span, command.word_at(2).span) == (
        "x.yaml",
        Span(1, 1, 3, 3),
        Span(3, 1, 3, 3),
    )


def test_an_empty_array_is_none() -> None:
    assert read_argv([], "x.yaml") == ()


def test_a_script_is_its_commands() -> None:
    first, second = read_commands(JoinedText([Piece('A=1 exec /bin/a "$B" >c && d', 5, 3)]), "x.sh")

    assert (first.name, first.words, first.assignments) == ("a", ("/bin/a", '"$B"'), {"A": "1"})
    assert (first.is_exec, first.operator_after, first.varying, first.writes) == (
        True,
        "&&",
        frozenset({1}),
        ("c",),
    )
    assert (first.at.line, second.word_at(0).span, second.is_last) == (5, Span(5, 30, 5, 31), True)
