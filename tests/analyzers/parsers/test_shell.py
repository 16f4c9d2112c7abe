"""Shell scripts and the commands in them."""

from __future__ import annotations

import pytest

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell import Script, parse_shell


def words(script: Script) -> list[list[str]]:
    return [[word.text for word in command.words] for command in script.commands]


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n"])
def test_has_no_commands(text: str) -> None:
    assert parse_shell(text).commands == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("go build ./...", [["go", "build", "./..."]]),
        ("a 'b c' \"d e\" f\\ g h'i'\"j\"", [["a", "b c", "d e", "f g", "hij"]]),
        ("a $'x\\ty' \"\\n\"", [["a", "x\ty", "\\n"]]),
        ('a "$B" $C/d ${E} `f`', [["a", '"$B"', "$C/d", "${E}", "`f`"], ["f"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("export A=1 'B'", [["export", "A=1", "B"]]),
        ("[ -f x ] && [[ -n $y ]]", [["[", "-f", "x", "]"], ["[[", "-n", "$y", "]]"]]),
        ('set -- server "$@"', [["set", "--", "server", '"$@"']]),
        ("trap 'kill $!' TERM; wait $!", [["trap", "kill $!", "TERM"], ["wait", "$!"]]),
        ("cat <<E | sh\nnot a command\nE\n", [["cat"], ["sh"]]),
        ("echo 'é' 世界", [["echo", "é", "世界"]]),
        ("f() { a; }\nf", [["a"], ["f"]]),
        ("exec 2>&1", [["exec"]]),
        ("A=1", [[]]),
    ],
)
def test_splits_words(text: str, expected: list[list[str]]) -> None:
    assert words(parse_shell(text)) == expected


@pytest.mark.parametrize(
    ("text", "operators"),
    [
        ("a", [""]),
        ("a; b\nc", [";", ";", ""]),
        ("a && b || c", ["&&", "||", ""]),
        ("a | b |& c &", ["|", "|&", "&"]),
        ("(a; b) && c", [";", "", ""]),
        ("! a && b", ["&&", ""]),
        ("a > x && b", ["&&", ""]),
        ("cat <<E && b\nE\n", ["&&", ""]),
    ],
)
def test_knows_what_follows(text: str, operators: list[str]) -> None:
    assert [command.operator_after for command in parse_shell(text).commands] == operators


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("a &", [], id="none in the background"),
        pytest.param("f() { a; }", [], id="none in a function"),
        pytest.param("a\nb", ["b"], id="the one at the end"),
        pytest.param("a; b &\nwait", ["wait"], id="what waits"),
        pytest.param("a\nb &", ["a"], id="the one before the background"),
        pytest.param("a && b", ["b"], id="the end of a list"),
        pytest.param("a | b", ["b"], id="the end of a pipeline"),
        pytest.param("a $(b)", ["a"], id="not what is substituted"),
        pytest.param("if a; then b; elif c; then d; else e; fi", ["b", "d", "e"], id="each branch"),
        pytest.param("if a; then b; fi\nc", ["c"], id="not a branch before the end"),
        pytest.param("case $x in a) b;; *) c; d;; esac", ["b", "d"], id="each case"),
        pytest.param("while a; do b; done", ["b"], id="the end of a loop"),
        pytest.param("{ a; b; }", ["b"], id="the end of a group"),
    ],
)
def test_knows_the_last_in_the_foreground(text: str, last: list[str]) -> None:
    commands = parse_shell(text).commands

    assert [command.words[0].text for command in commands if command.is_last] == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("./a", [["./a"], False]),
        ("exec", [["exec"], False]),
        ("exec >log", [["exec"], False]),
        ("exec ./a b", [["./a", "b"], True]),
        ('A=1 exec "$@"', [['"$@"'], True]),
        ("exec -a name ./a", [["./a"], True]),
    ],
)
def test_sees_exec(text: str, expected: list[object]) -> None:
    (command,) = parse_shell(text).commands

    assert [[word.text for word in command.words], command.is_exec] == expected


def test_assignments_and_redirections_belong_to_their_command() -> None:
    (command,) = parse_shell("A=1 B='x y' C=$D a >out 2>>\"$E\" 2>&1 <in").commands

    assert [(one.name, one.value.text, one.value.is_constant) for one in command.assignments] == [
        ("A", "1", True),
        ("B", "x y", True),
        ("C", "$D", False),
    ]
    assert [word.text for word in command.writes] == ["out", '"$E"']


def test_marks_substitutions_and_functions() -> None:
    commands = parse_shell('a "$(b `c`)" <(d)\nf() { e; }\n').commands

    assert [(command.words[0].text, command.is_substituted, command.function) for command in commands] == [
        ("a", False, ""),
        ("b", True, ""),
        ("c", True, ""),
        ("d", True, ""),
        ("e", False, "f"),
    ]


def test_places_count_characters_and_follow_the_pieces() -> None:
    script = JoinedText([Piece("é 'x' && ", 3, 7), Piece("  go build", 4, 1)])

    commands = parse_shell(script.text).commands

    assert [[script.span(word.start, word.end) for word in command.words] for command in commands] == [
        [Span(3, 7, 3, 8), Span(3, 9, 3, 12)],
        [Span(4, 3, 4, 5), Span(4, 6, 4, 11)],
    ]


def test_comments_are_kept() -> None:
    assert [comment.text for comment in parse_shell("a # one\n# two\nb '# three'\n").comments] == [
        "# one",
        "# two",
    ]


def test_what_is_not_understood_is_told() -> None:
    assert parse_shell("a; b").is_whole
    assert not parse_shell("a; if b").is_whole


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a | " * 2_000, "pipes"),
        ("a\n" * 30_000, "commands"),
        ("a " * 120_000, "words"),
        ("#" * 1_100_000, "512 KiB"),
    ],
)
def test_refuses_what_nobody_writes(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_shell(text, seconds=60)
