"""Commands seen through what only starts them."""

from __future__ import annotations

import pytest

from analyzers.model.command import Command
from analyzers.model.command_reader import read_commands
from analyzers.parsers.joined_text import JoinedText, Piece


def commands(text: str) -> tuple[Command, ...]:
    lines = text.splitlines(keepends=True)
    return read_commands(JoinedText(Piece(line, number, 1) for number, line in enumerate(lines, 1)), "x.sh")


@pytest.mark.parametrize(
    ("text", "words", "wrappers"),
    [
        ("sudo", "sudo", ""),
        ("env", "env", ""),
        ("env -S 'a b'", "env -S a b", ""),
        ("command -v go", "command -v go", ""),
        ("timeout 5", "timeout 5", ""),
        ("wait-for-it.sh db:5432", "wait-for-it.sh db:5432", ""),
        ("sudo -E docker build .", "docker build .", "sudo -E"),
        ("sudo -u app -- /srv/app -v", "/srv/app -v", "sudo -u app --"),
        ("env -i A=b go test", "go test", "env -i A=b"),
        ("nice -n 10 make", "make", "nice -n 10"),
        ("timeout -k 5 --signal=TERM 60s go test", "go test", "timeout -k 5 --signal=TERM 60s"),
        ("gosu app:app ./server", "./server", "gosu app:app"),
        ("setpriv --reuid=1 --clear-groups app", "app", "setpriv --reuid=1 --clear-groups"),
        ("/sbin/tini -g -- /app run", "/app run", "/sbin/tini -g --"),
        ("tini -- su-exec app nohup app", "app", "tini -- su-exec app nohup"),
        ("wait-for-it.sh db:5432 -t 30 -- app", "app", "wait-for-it.sh db:5432 -t 30 --"),
        ("time go build", "go build", "time"),
    ],
)
def test_wrappers(text: str, words: str, wrappers: str) -> None:
    (command,) = commands(text)
    assert (" ".join(command.words), " ".join(command.wrappers)) == (words, wrappers)
    assert command.written == (*command.wrappers, *command.words)
    assert len(command.spans) == len(command.words)


def test_exec_of_a_wrapped_program() -> None:
    (command,) = commands('exec env A=1 gosu "$USER" app "$@"')
    assert (command.is_exec, command.name, command.varying, command.assignments) == (
        True,
        "app",
        frozenset({1}),
        {"A": "1"},
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('sh -c "$SCRIPT"', ["sh"], id="a text that is not known"),
        pytest.param("ssh host 'go build'", ["ssh"], id="on another machine"),
        pytest.param("bash script.sh <<E\na\nE\n", ["bash"], id="input of a script"),
        pytest.param("bash <<E\na $B\nE\n", ["bash"], id="a here-document that is not known"),
        pytest.param("sh -c 'a; b' x", ["sh", "a", "b"], id="a text"),
        pytest.param("sudo bash -euc 'a && b'", ["bash", "a", "b"], id="behind sudo"),
        pytest.param("bash -s <<'E'\na $B\nE\nc", ["bash", "a", "c"], id="a here-document"),
        pytest.param("sh -c \"sh -c 'a'\"", ["sh", "sh", "a"], id="twice"),
    ],
)
def test_scripts_for_another_shell(text: str, expected: list[str]) -> None:
    assert [command.name for command in commands(text)] == expected


def test_a_text_for_another_shell_has_its_places() -> None:
    outer, first, second = commands("x=1 && sh -c '\n  cd a\n  b'")[1:]
    assert outer.name == "sh"
    assert [
        (each.at.line, each.at.span.column, each.is_nested, each.is_subshell) for each in (first, second)
    ] == [
        (2, 3, True, True),
        (3, 3, True, True),
    ]
    assert [each.is_conditional for each in (first, second)] == [True, True]
    assert (first.is_last, second.is_last) == (False, True)
