"""Which paths a .dockerignore keeps out of the build context."""

from __future__ import annotations

import pytest

from analyzers.parsers.dockerignore import MAX_PATTERNS, parse_dockerignore
from analyzers.parsers.problem import Unreadable


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("", "a", id="nothing"),
        pytest.param("# a", "a", id="a comment"),
        pytest.param(".", "a", id="the context itself"),
        pytest.param("*.out", "b/a.out", id="a star at the root only"),
        pytest.param("bin", "a/bin", id="a name at the root only"),
        pytest.param("dir/**", "dir", id="only what is below"),
        pytest.param("a/*/b", "a/b", id="a star is a folder"),
        pytest.param("a/*/b", "a/x/y/b", id="a star is one folder"),
        pytest.param("*\n!src", "src/a", id="an exception"),
        pytest.param("**/*.md\n!docs/**\n", "docs/a/b.md", id="an exception at any depth"),
        pytest.param("foo/**/*", "foo", id="at least one below"),
        pytest.param("a?c", "a/c", id="a question mark is no slash"),
        pytest.param("!**/*.go", "a.go", id="an exception alone"),
        pytest.param("[a-c]x", "dx", id="outside a class"),
        pytest.param("a/b", "a", id="the folder above"),
        pytest.param("a**b", "axb", id="stars inside a name take no letters"),
        pytest.param("a**b", "ax/y/zb", id="stars inside a name end at a slash"),
        pytest.param("**[ab]", "xa", id="stars before a class end at a slash"),
    ],
)
def test_keeps(text: str, path: str) -> None:
    assert not parse_dockerignore(text).excludes(path)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("*.out", "a.out", id="a star"),
        pytest.param("bin", "bin/x/y", id="what is below a folder"),
        pytest.param(" /bin/ \r", "bin", id="slashes and blanks around"),
        pytest.param("./x/../y", "y", id="a path to clean up"),
        pytest.param("\ufeffa", "a", id="a byte order mark"),
        pytest.param("**/node_modules", "node_modules", id="any depth is none too"),
        pytest.param("**/node_modules", "a/b/node_modules/c", id="any depth"),
        pytest.param("a/**/b", "a/x/y/b", id="any depth in the middle"),
        pytest.param("**", "a/b", id="everything"),
        pytest.param("**.go", "a/b.go", id="stars glued to a name"),
        pytest.param("a**b", "ax/y/b/c", id="stars inside a name take folders"),
        pytest.param("a**b", "ab", id="stars inside a name take nothing"),
        pytest.param("a**", "abc/d", id="stars at the end of a name"),
        pytest.param("x/***/y", "x/a/b/y", id="three stars"),
        pytest.param("./ a", "a", id="a blank after a slash"),
        pytest.param("*\n!src\nsrc/x", "src/x", id="an exception taken back"),
        pytest.param("*\n!src", "lib", id="all but an exception"),
        pytest.param("\\#x", "#x", id="an escape"),
        pytest.param("[^a]x", "bx", id="a class"),
    ],
)
def test_excludes(text: str, path: str) -> None:
    assert parse_dockerignore(text).excludes(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n[b", 2),
        ("a\\", 1),
        ("a\n! ", 2),
        ("a**[b", 1),
        ("a**\\", 1),
        ("a\n" * (MAX_PATTERNS + 1), MAX_PATTERNS + 1),
        ("x" * 1_100_000, None),
    ],
)
def test_refuses(text: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_dockerignore(text)

    assert refusal.value.line == line
