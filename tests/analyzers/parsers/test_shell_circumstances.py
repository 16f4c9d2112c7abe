"""Under which circumstances the commands of a script run."""

from __future__ import annotations

import pytest

from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell import ShellCommand, parse_shell


def named(text: str, trait: str) -> list[str]:
    return [words_of(command) for command in parse_shell(text).commands if getattr(command, trait)]


def words_of(command: ShellCommand) -> str:
    return " ".join(word.text for word in command.words)


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        pytest.param("a; b\n{ c; }\n(d)", [], id="one after the other"),
        pytest.param("a | b", [], id="a pipeline"),
        pytest.param("f() { a; }", [], id="within its function"),
        pytest.param("a && b || c", ["b", "c"], id="behind an operator"),
        pytest.param("if a; then b; elif c; then d; else e; fi; f", ["b", "c", "d", "e"], id="branches"),
        pytest.param("while a; do b; done", ["b"], id="a loop"),
        pytest.param("for x in 1; do a; done", ["a"], id="a list that may be empty"),
        pytest.param("case $x in a) b;; esac", ["b"], id="a case"),
        pytest.param("a && { b; c; }", ["b", "c"], id="a group behind an operator"),
        pytest.param("cat <<E && b\nx\nE\nc", ["b"], id="behind a here-document"),
    ],
)
def test_conditional(text: str, conditional: list[str]) -> None:
    assert named(text, "is_conditional") == conditional


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        ("a; b", []),
        ("if a; then b; else c; fi", ["a"]),
        ("if a; then b; elif c; then d; fi", ["a", "c"]),
        ("until a; do b; done", ["a"]),
        ("! a; b", ["a"]),
    ],
)
def test_tested(text: str, tested: list[str]) -> None:
    assert named(text, "is_tested") == tested


@pytest.mark.parametrize(
    ("text", "copies", "background"),
    [
        pytest.param("a; { b; }", [], [], id="the shell itself"),
        pytest.param("(a); b", ["a"], [], id="parentheses"),
        pytest.param("a | b; c", ["a", "b"], [], id="a pipeline"),
        pytest.param("a $(b)", ["b"], [], id="a substitution"),
        pytest.param("A=$(b) c", ["b"], [], id="a substitution in an assignment"),
        pytest.param("a & b", ["a"], ["a"], id="the background"),
        pytest.param("{ a; b; } & c", ["a", "b"], ["a", "b"], id="a group in the background"),
        pytest.param("a && b & c", ["a", "b"], ["a", "b"], id="a list in the background"),
        pytest.param("while a; do b & done", ["b"], ["b"], id="in a loop"),
    ],
)
def test_copies_of_the_shell(text: str, copies: list[str], background: list[str]) -> None:
    assert (named(text, "is_subshell"), named(text, "is_background")) == (copies, background)


def test_loops_repeat_their_body() -> None:
    assert named("while a; do b; done; for x in $(c); do d; done", "is_repeated") == ["b", "d"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("a && b", ["b"], id="only the end of what must succeed"),
        pytest.param("a || b", ["a", "b"], id="either of two"),
        pytest.param("a && b || c", ["b", "c"], id="or else"),
        pytest.param("a || b && c", ["c"], id="and then"),
    ],
)
def test_last(text: str, last: list[str]) -> None:
    assert named(text, "is_last") == last


def test_the_end_of_a_function() -> None:
    assert named("f() { a; if b; then c; else d; fi; }\ng() { e & }\nf", "ends_function") == ["c", "d"]


@pytest.mark.parametrize(
    ("text", "fed"),
    [
        pytest.param("a < file", None, id="a file"),
        pytest.param("a <<E\nb $c\nE\n", ("b $c\n", False), id="a here-document"),
        pytest.param("a <<'E'\nb $c\nE\n", ("b $c\n", True), id="a quoted one"),
        pytest.param("a <<E && b\nc\nE\n", ("c\n", True), id="with a command behind it"),
        pytest.param("a <<< 'b c'", ("b c", True), id="a here-string"),
    ],
)
def test_input(text: str, fed: tuple[str, bool] | None) -> None:
    first = parse_shell(text).commands[0].input
    assert (first and (first.text, first.is_constant)) == fed


def test_a_substitution_in_a_here_document_is_a_command() -> None:
    assert [words_of(each) for each in parse_shell("a <<E\n$(b)\nE\n").commands] == ["a", "b"]


def test_heads() -> None:
    text = "for x in $A b; do c; done\ncase $D in e) f;; esac"
    assert [word.text for word in parse_shell(text).heads] == ["$A", "$D"]


HOSTILE = {
    "substitutions": "$(" * (1 << 19),
    "parentheses": "(" * (1 << 20),
    "arithmetic": "((" * (1 << 19),
    "single quotes": "'" * (1 << 20),
    "double quotes": '"' * (1 << 20),
    "here-documents": "<<A " * (1 << 18),
    "pipes": "a|" * 100_000,
    "nothing but NUL": "\0" * (1 << 20),
    "background in background": "(" * 2_000 + "a &" + ") &" * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_scripts_end(text: str) -> None:
    try:
        commands = parse_shell(text).commands
    except Unreadable:
        return
    assert len(commands) < 10


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        pytest.param("a; while b; do c; done", [[], [], []], id="none"),
        pytest.param("for x in p $q; do a; done; b", [["x p $q"], []], id="one"),
        pytest.param("for x; do a; done", [["x"]], id="over the arguments"),
        pytest.param(
            "for x in 1; do a; for y in 2; do (b | c); done; d; done",
            [["x 1"], ["x 1", "y 2"], ["x 1", "y 2"], ["x 1"]],
            id="one in another",
        ),
        pytest.param("for x in 1; do f() { a; }; done", [[]], id="a function has its own"),
    ],
)
def test_loops(text: str, loops: list[list[str]]) -> None:
    found = [
        [" ".join((loop.variable, *(word.text for word in loop.words))) for loop in command.loops]
        for command in parse_shell(text).commands
    ]
    assert found == loops
