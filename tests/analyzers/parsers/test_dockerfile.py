"""What a Dockerfile is read as, and where each part stands."""

from __future__ import annotations

import re

import pytest

from analyzers.parsers.dockerfile import Instruction, parse_dockerfile
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from tests.analyzers.parsers.dockerfile_texts import PROBES, made_text


def last(text: str) -> Instruction:
    return parse_dockerfile(text).instructions[-1]


def instructions_of(text: str) -> tuple[Instruction, ...]:
    try:
        return parse_dockerfile(text).instructions
    except Unreadable:
        return ()


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        pytest.param("", "no instructions", None, id="an empty file"),
        pytest.param("# a\n", "no instructions", None, id="only comments"),
        pytest.param("FROM a\nRUN <<EOF\nx\n", "does not end", 2, id="an open heredoc"),
        pytest.param("# escape=x\nFROM a\n", "escape", 1, id="an impossible escape"),
        pytest.param("# check=a\n# check=b\nFROM a\n", "only one check", 2, id="a directive twice"),
        pytest.param("FROM a\n\nENV A\n", "two arguments", 3, id="an ENV without value"),
        pytest.param("FROM a\nENV A=1 \\\n B\n", "name=value", 3, id="an ENV with a word without value"),
        pytest.param('FROM a\nCMD ["a", 1]\n', "strings only", 2, id="a number in JSON"),
        pytest.param("FROM a\nRUN " + "x" * 65_532, "65,535", 2, id="a line too long"),
        pytest.param("FROM a\n" * 200_000, "1 MiB", None, id="a file too large"),
    ],
)
def test_refuses_what_buildkit_refuses(text: str, reason: str, line: int | None) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        parse_dockerfile(text)

    assert refusal.value.line == line


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        pytest.param("FROM a\nRUN <<E\nUSER root\nFROM b\nE\n", ["FROM", "RUN"], id="none out of a heredoc"),
        pytest.param("FROM a\nRUN x \\\n\n# c\n y\n", ["FROM", "RUN"], id="one over a gap and a comment"),
        pytest.param(
            "FROM a\nRUN x \\\\\nUSER 1\n", ["FROM", "RUN", "USER"], id="two where the escape is escaped"
        ),
        pytest.param(
            "# check=skip=all\n# escape=`\nFROM a\nRUN x `\n y\n", ["FROM", "RUN"], id="check before escape"
        ),
        pytest.param("from a\nfoo b\n", ["FROM", "FOO"], id="an unknown one"),
        pytest.param("FROM a\nRUN a\0b\nUSER 1\n", ["FROM", "RUN", "USER"], id="all of them around a NUL"),
    ],
)
def test_finds_the_instructions(text: str, keywords: list[str]) -> None:
    assert [instruction.keyword for instruction in parse_dockerfile(text).instructions] == keywords


@pytest.mark.parametrize(
    ("text", "is_json", "words"),
    [
        pytest.param("CMD", False, [], id="nothing"),
        pytest.param("CMD ['a']", False, ["['a']"], id="single quotes"),
        pytest.param('CMD ["a",]', False, ['["a",]'], id="a comma too much"),
        pytest.param('CMD ["a"] b', False, ['["a"] b'], id="something after the array"),
        pytest.param("CMD [NaN]", False, ["[NaN]"], id="what only Python takes for JSON"),
        pytest.param("CMD " + "[" * 20_000, False, ["[" * 20_000], id="arrays nested too deep"),
        pytest.param('CMD ["a", "b c"]', True, ["a", "b c"], id="an array"),
        pytest.param('CMD ["\\u00e9\\"", "\\ud83d\\ude00"]', True, ['é"', "😀"], id="escapes"),
        pytest.param('CMD ["\\ud83d"]', True, ["\ufffd"], id="half of a pair"),
        pytest.param("CMD []", True, [], id="an empty array"),
        pytest.param('COPY ["a b", "c"]', True, ["a b", "c"], id="paths with blanks"),
        pytest.param("COPY a  b", False, ["a", "b"], id="paths"),
        pytest.param("USER a b", False, ["a b"], id="all as one word"),
    ],
)
def test_tells_json_from_shell_form(text: str, is_json: bool, words: list[str]) -> None:
    instruction = last(f"FROM x\n{text}\n")

    assert (instruction.is_json, [word.text for word in instruction.words]) == (is_json, words)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("ENV", [], id="nothing"),
        pytest.param("ENV A b  c", [("A", "b  c")], id="the old form"),
        pytest.param("ENV A=1 B='x y'", [("A", "1"), ("B", "'x y'")], id="pairs with quotes"),
        pytest.param("ENV A=1 \\\n  B=2", [("A", "1"), ("B", "2")], id="pairs over lines"),
        pytest.param('LABEL "a b"=c', [('"a b"', "c")], id="a quoted name"),
        pytest.param(
            "ARG A B=1 C=", [("A", None), ("B", "1"), ("C", "")], id="arguments with and without default"
        ),
    ],
)
def test_pairs_names_with_values(text: str, pairs: list[tuple[str, str | None]]) -> None:
    found = last(f"FROM x\n{text}\n").pairs

    assert [(pair.name.text, pair.value.text if pair.value else None) for pair in found] == pairs


def test_flags_have_names_values_and_places() -> None:
    run = last('FROM a\nRUN --mount="type=cache,target=/a b" \\\n  --network=none x --y=z\n')

    assert [(flag.name, flag.value) for flag in run.flags] == [
        ("mount", "type=cache,target=/a b"),
        ("network", "none"),
    ]
    assert [flag.span for flag in run.flags] == [Span(2, 5, 2, 37), Span(3, 3, 3, 17)]
    assert run.arguments.text == "x --y=z"


@pytest.mark.parametrize(
    ("announced", "name", "expands", "body"),
    [
        pytest.param("<<E", "E", True, "\ta $B\n", id="plain"),
        pytest.param("<<-E", "E", True, "a $B\n", id="tabs taken off"),
        pytest.param("<<'E'", "E", False, "\ta $B\n", id="single-quoted"),
        pytest.param('<<"E"', "E", False, "\ta $B\n", id="double-quoted"),
        pytest.param("<<\\E", "E", False, "\ta $B\n", id="escaped"),
    ],
)
def test_heredocs_have_names_and_bodies(announced: str, name: str, expands: bool, body: str) -> None:
    (heredoc,) = last(f"FROM a\nRUN cat {announced}\n\ta $B\nE\n").heredocs

    assert (heredoc.name, heredoc.expands, heredoc.body.text) == (name, expands, body)
    assert heredoc.body.point(heredoc.body.text.index("a")) == (3, 2)


def test_onbuild_keeps_an_instruction_for_later() -> None:
    onbuild = last("FROM a\nONBUILD COPY --from=b <<E /x\nhi\nE\n")

    assert onbuild.child is not None
    assert (onbuild.child.keyword, onbuild.child.flags[0].value) == ("COPY", "b")
    assert onbuild.child.heredocs[0].body.text == "hi\n"
    assert onbuild.span == Span(2, 1, 4, 2)


def test_comments_are_kept_with_their_lines() -> None:
    dockerfile = parse_dockerfile(
        "# syntax=x\n# one\nFROM a\nRUN x \\\n  # two\n y\nRUN <<E\n# no comment\nE\n"
    )

    assert [(comment.text, comment.line) for comment in dockerfile.comments] == [("one", 2), ("two", 5)]
    assert [(directive.name, directive.value) for directive in dockerfile.directives] == [("syntax", "x")]


def test_empty_lines_inside_an_instruction_are_told() -> None:
    assert parse_dockerfile("FROM a\nRUN x \\\n\n \n y\n\nUSER 1\n").empty_continuations == (3, 4)


def test_elements_of_an_array_know_where_each_character_stands() -> None:
    (element,) = last('FROM a\nCMD ["é\\n\\\n$X"]\n').elements

    assert element.text == "é\n$X"
    assert [element.point(offset) for offset in range(4)] == [(2, 7), (2, 8), (3, 1), (3, 2)]


@pytest.mark.parametrize("text", [*PROBES.values(), *map(made_text, range(150))])
def test_every_flag_and_heredoc_stands_where_its_span_says(text: str) -> None:
    lines = text.removeprefix("\ufeff").split("\n")
    for instruction in instructions_of(text):
        for flag in instruction.flags:
            said = written(lines, flag.span)
            escape = re.escape(instruction.escape)
            assert said is None or re.sub(rf"{escape}(.)|[\"']", r"\1", said) == flag.written
        for heredoc in (instruction.child or instruction).heredocs:
            assert written(lines, heredoc.word.span) in (None, heredoc.word.text)
            assert written(lines, heredoc.end.span) == heredoc.end.text
            for offset, character in enumerate(heredoc.body.text):
                line, column = heredoc.body.point(offset)
                assert lines[line - 1][column - 1 : column] == character.strip("\n")


@pytest.mark.parametrize("text", [*PROBES.values(), *map(made_text, range(150))])
def test_every_element_of_an_array_stands_where_its_span_says(text: str) -> None:
    lines = text.removeprefix("\ufeff").split("\n")
    for instruction in instructions_of(text):
        for word in instruction.words if instruction.is_json and "\\" not in text else ():
            assert written(lines, word.span) in (None, word.text)


def written(lines: list[str], span: Span) -> str | None:
    """What stands in one line; None for what takes several."""
    return lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else None


@pytest.mark.parametrize("text", [*PROBES.values(), *map(made_text, range(150))])
def test_every_word_stands_where_its_span_says(text: str) -> None:
    lines = text.removeprefix("\ufeff").split("\n")
    for instruction in instructions_of(text):
        for word in instruction.words if not instruction.is_json else ():
            span = word.span
            if span.line == span.end_line:
                assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == word.text
