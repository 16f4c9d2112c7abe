"""Texts made to take for ever. Each must be read, or refused, after a bounded amount of work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyzers.model.images.dockerfile_reader import read_image
from analyzers.parsers.dockerfile import parse_dockerfile
from analyzers.parsers.dockerignore import parse_dockerignore
from analyzers.parsers.expansion import Unset, expand
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.shell import parse_shell
from tests.hanging import must_end


def image(text: str) -> object:
    return read_image("Dockerfile", parse_dockerfile(text), ())


def expansion(text: str) -> object:
    return expand(text, lambda name: "a" * 4000 if name == "A" else Unset.UNSET)


def exclusion(text: str) -> object:
    return parse_dockerignore(text).excludes("a/" * 2000 + "a" * 4000)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(image, "FROM a\nRUN x" + " \\\n" * 100_000, id="100,000 continuations"),
        pytest.param(image, "FROM a\nRUN x" + " \\\n && y" * 100_000, id="100,000 continued commands"),
        pytest.param(image, "FROM a\nRUN x" + " \\\n# c" * 100_000, id="100,000 comments inside"),
        pytest.param(image, "FROM a\nRUN " + "x" * 1_000_000, id="one line of a megabyte"),
        pytest.param(image, "FROM a\n" + "RUN x\n" * 170_000, id="170,000 instructions"),
        pytest.param(image, "FROM a AS b\n" + "FROM b AS b\n" * 80_000, id="80,000 stages"),
        pytest.param(image, "FROM a\n" + "\0" * 60_000, id="nothing but NUL"),
        pytest.param(image, "FROM a\nRUN x" + " <<E" * 16_000 + "\nE" * 16_000, id="16,000 heredocs"),
        pytest.param(image, "FROM a\nRUN x " + "${A:-" * 13_000 + " <<E", id="a heredoc behind open braces"),
        pytest.param(image, "ONBUILD " * 8_000, id="ONBUILD of ONBUILD"),
        pytest.param(image, "FROM a\nCMD " + "[" * 60_000, id="arrays in arrays"),
        pytest.param(image, "FROM a\nCMD [" + '"\\u0041",' * 6_000 + '""]', id="an array of escapes"),
        pytest.param(image, "FROM a\nENV A=x\n" + "ENV A=$A$A\n" * 1_000, id="a value that doubles"),
        pytest.param(
            image, "FROM a\nENV A=" + "x" * 4000 + ("\nCOPY" + " ${A}y" * 8_000) * 18, id="long values often"
        ),
        pytest.param(image, "FROM a\n" + "ENV A=1\nRUN x\n" * 900, id="a new environment for each command"),
        pytest.param(image, "FROM a\n" + f"RUN {'x | ' * 500}y\n" * 400, id="many long pipelines"),
        pytest.param(image, "FROM a\n" + f"RUN {'$(' * 30_000}\n" * 16, id="many open substitutions"),
        pytest.param(parse_shell, "$(" * 100_000, id="shell: open substitutions"),
        pytest.param(parse_shell, "a | " * 100_000, id="shell: one pipeline"),
        pytest.param(parse_shell, "a && " * 100_000, id="shell: one list"),
        pytest.param(parse_shell, "if a; then " * 50_000, id="shell: open conditions"),
        pytest.param(parse_shell, '"' * 1_000_001, id="shell: quotes"),
        pytest.param(parse_shell, "${" * 100_000, id="shell: open braces"),
        pytest.param(parse_shell, "a\n" * 500_000, id="shell: 500,000 commands"),
        pytest.param(parse_shell, "x=(" * 30_000, id="shell: open arrays"),
        pytest.param(expansion, "${" * 100_000, id="expansion: open braces"),
        pytest.param(expansion, "${B:-" * 100_000 + "}" * 100_000, id="expansion: nested defaults"),
        pytest.param(expansion, "${A%*a*a*a*a*a*a*a*a*b}" * 10_000, id="expansion: stars"),
        pytest.param(expansion, "${A//a/aaaa}" * 1_000, id="expansion: replacements"),
        pytest.param(exclusion, "**/a*" * 100 + "b\n" + "a*" * 2_000 + "b", id="ignore: stars"),
        pytest.param(exclusion, ("**/" * 1000 + "b\n") * 200, id="ignore: folders at any depth"),
        pytest.param(exclusion, "a**" * 100_000, id="ignore: stars in a name"),
    ],
)
def test_ends_soon(read: Callable[[str], object], text: str) -> None:
    try:
        with must_end():
            read(text)
    except Unreadable as refusal:
        assert refusal.reason  # noqa: PT017
