"""go.mod and go.work with the place of each token."""

from __future__ import annotations

import pytest

from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

GOMOD = """\
// Deprecated: use https://example.com/other
module example.com/app // the service

go 1.23.4
toolchain go1.24.1

require example.com/single v1.0.0
require (
\t// a comment line
\texample.com/a v1.2.3
\texample.com/b v0.0.0-20200101000000-abcdefabcdef // indirect
\t"example.com/quoted" v1.0.0 // indirect; reason
\texample.com/c v1.0.0 // indirectly
)

replace example.com/a v1.2.3 => example.com/fork v1.2.4
replace (
\texample.com/b => ../b
\texample.com/c => `./with space`
\texample.com/d => ./d()
)
exclude example.com/e v1.0.0
retract v0.1.0
retract [v0.2.0, v0.3.0] // broken
tool example.com/tool/cmd
ignore ./node_modules
godebug containermaxprocs=0
unknown thing
"""


def test_everything_is_found() -> None:
    gomod = parse_gomod(GOMOD)
    assert gomod.module
    assert gomod.module.text == "example.com/app"
    assert gomod.go
    assert gomod.go.text == "1.23.4"
    assert gomod.toolchain
    assert gomod.toolchain.text == "go1.24.1"
    assert [(entry.path.text, entry.version.text, entry.is_indirect) for entry in gomod.requires] == [
        ("example.com/single", "v1.0.0", False),
        ("example.com/a", "v1.2.3", False),
        ("example.com/b", "v0.0.0-20200101000000-abcdefabcdef", True),
        ("example.com/quoted", "v1.0.0", True),
        ("example.com/c", "v1.0.0", False),
    ]
    assert [
        (
            entry.path.text,
            entry.version and entry.version.text,
            entry.target.text,
            entry.target_version is not None,
        )
        for entry in gomod.replaces
    ] == [
        ("example.com/a", "v1.2.3", "example.com/fork", True),
        ("example.com/b", None, "../b", False),
        ("example.com/c", None, "./with space", False),
        ("example.com/d", None, "./d()", False),
    ]
    assert [entry.path.text for entry in gomod.excludes] == ["example.com/e"]
    assert [[token.text for token in entry] for entry in gomod.retracts] == [["v0.1.0"], ["v0.2.0", "v0.3.0"]]
    assert [token.text for token in (*gomod.tools, *gomod.ignores, *gomod.godebug)] == [
        "example.com/tool/cmd",
        "./node_modules",
        "containermaxprocs=0",
    ]


def test_places_are_those_of_the_tokens() -> None:
    gomod = parse_gomod(GOMOD)
    assert gomod.requires[1].span == Span(10, 2, 10, 22)
    assert gomod.requires[1].version.span == Span(10, 16, 10, 22)
    assert gomod.go
    assert gomod.go.span == Span(4, 4, 4, 10)


def test_windows_lines_and_a_workspace() -> None:
    work = parse_gomod("go 1.22\r\n\r\nuse (\r\n\t./a\r\n\t./b\r\n)\r\nreplace x => ./x\r\n")
    assert [token.text for token in work.uses] == ["./a", "./b"]
    assert work.go
    assert work.go.text == "1.22"
    assert len(work.replaces) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "require\nreplace a b\nreplace =>\n",
        "hypothetical (a b)\n",
        "go(\n",
    ],
)
def test_nonsense_is_left_out(text: str) -> None:
    gomod = parse_gomod(text)
    assert (gomod.requires, gomod.replaces) == ((), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("module m\n\nrequire (\n\ta v1\n", 3, id="a block without end"),
        pytest.param("module m\n)\n", 2, id="an end without block"),
        pytest.param("module m\n<<<<<<< HEAD\n", 2, id="a merge left unfinished"),
        pytest.param('"' * 10_000, 1, id="no directive at all"),
    ],
)
def test_what_go_cannot_read_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse_gomod(text)
    assert refusal.value.line == line


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="1 MiB"):
        parse_gomod("\n" * (1024 * 1024 + 1))
