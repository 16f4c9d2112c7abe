"""Go source that an edit has changed is as gofmt would write it."""

from __future__ import annotations

import pytest

from analyzers.finding import Edit
from analyzers.fixes.go_source import (
    add_blank_import,
    add_field,
    add_import,
    add_imports,
    field_value,
    statement_lines,
)
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Literal
from tests.analyzers.model.go_source import program

HEAD = "package main\n\nimport (\n\t%s\n)\n\nfunc main() {\n%s\n}\n"


def literal(text: str) -> tuple[str, Site[Literal]]:
    source = HEAD % ('"net/http"', text)
    (site,) = program("", files={"main.go": source}).literals("net/http.Server")
    return source, site


def call(text: str, imports: str = '"net/http"') -> tuple[str, Site[Call]]:
    source = HEAD % (imports, text)
    (site,) = program("", files={"main.go": source}).calls("net/http.ListenAndServe")
    return source, site


def changed(source: str, edit: Edit) -> str:
    lines = source.split("\n")
    lines[edit.start_line - 1 : edit.end_line] = edit.text.split("\n")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('\ts := &http.Server{\n\t\tAddr: ":80", // public\n\t}', id="a comment behind a field"),
        pytest.param('\ts := &http.Server{Addr: ":80",\n\t\tHandler: nil}', id="a brace behind a field"),
        pytest.param('\ts := &http.Server{\n\t\tAddr: ":80", Handler: nil,\n\t}', id="two fields a line"),
        pytest.param('\ts := &http.Server{\r\n\t\tAddr: ":80",\r\n\t}', id="line ends of Windows"),
    ],
)
def test_what_is_not_written_plainly_is_left_alone(text: str) -> None:
    _, site = literal(text)
    assert add_field(site, "IdleTimeout", "1") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\ts := http.Server{}", "\ts := http.Server{IdleTimeout: 1}", id="empty"),
        pytest.param(
            '\trun(&http.Server{Addr: ":80"})',
            '\trun(&http.Server{Addr: ":80", IdleTimeout: 1})',
            id="one line",
        ),
        pytest.param(
            '\ts := &http.Server{\n\t\tAddr: ":80",\n\t}',
            '\ts := &http.Server{\n\t\tAddr:        ":80",\n\t\tIdleTimeout: 1,\n\t}',
            id="values move into one column",
        ),
        pytest.param(
            '\ts := &http.Server{\n\t\tAddr: ":80",\n\n\t\tHandler: nil,\n\t}',
            '\ts := &http.Server{\n\t\tAddr: ":80",\n\n\t\tHandler:     nil,\n\t\tIdleTimeout: 1,\n\t}',
            id="an empty line ends the column",
        ),
        pytest.param(
            "\ts := &http.Server{\n\t\tHandler: wrap(\n\t\t\tnil,\n\t\t),\n\t}",
            "\ts := &http.Server{\n\t\tHandler: wrap(\n\t\t\tnil,\n\t\t),\n\t\tIdleTimeout: 1,\n\t}",
            id="a value of several lines has no column",
        ),
    ],
)
def test_a_field_is_added(before: str, after: str) -> None:
    source, site = literal(before)
    edit = add_field(site, "IdleTimeout", "1")
    assert edit
    assert changed(source, edit) == source.replace(before, after)


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        pytest.param('"net/http"\n\t"time"', '"net/http"\n\t"time"', id="there already"),
        pytest.param('"log"\n\t"net/http"', '"log"\n\t"net/http"\n\t"time"', id="last"),
        pytest.param('"net/http"\n\t"unsafe"', '"net/http"\n\t"time"\n\t"unsafe"', id="in order"),
        pytest.param(
            '"net/http"\n\n\t"example.com/x"', '"net/http"\n\t"time"\n\n\t"example.com/x"', id="in its group"
        ),
    ],
)
def test_an_import_is_added(imports: str, expected: str) -> None:
    source, site = call('\thttp.ListenAndServe(":80", nil)', imports)
    edits = add_import(site, "time")
    assert edits is not None
    for edit in edits:
        source = changed(source, edit)
    assert source == HEAD % (expected, '\thttp.ListenAndServe(":80", nil)')


@pytest.mark.parametrize(
    "imports",
    [
        pytest.param('clock "time"\n\t"net/http"', id="under another name"),
        pytest.param('"example.com/x"\n\t"net/http"', id="no group of its own"),
    ],
)
def test_an_import_without_a_clear_place_is_not_added(imports: str) -> None:
    _, site = call('\thttp.ListenAndServe(":80", nil)', imports)
    assert add_import(site, "time") is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param('":"+port', '":" + port', id="a sum"),
        pytest.param('host+":"+port()', 'host + ":" + port()', id="a longer sum"),
        pytest.param("address(config)", "address(config)", id="a call"),
        pytest.param("address(a+b)", None, id="a sum in a call"),
        pytest.param("address[a*b]", None, id="a product in an index"),
    ],
)
def test_an_argument_becomes_a_value(written: str, value: str | None) -> None:
    _, site = call(f"\thttp.ListenAndServe({written}, nil)")
    assert field_value(site.file, site.node.arguments[0]) == value


def test_several_imports_share_no_line() -> None:
    _, site = call('\thttp.ListenAndServe(":80", nil)', '"net/http"')
    edits = add_imports(site, "time", "context", "errors")
    assert edits is not None
    assert [(edit.start_line, edit.text) for edit in edits] == [
        (4, '\t"context"\n\t"errors"'),
        (5, '\t"time"'),
    ]


def test_a_name_that_is_taken_is_not_imported() -> None:
    _, site = call('\thttp.ListenAndServe(":80", nil)', '"net/http"\n\n\t"github.com/pkg/errors"')
    assert add_imports(site, "errors") is None


def test_what_a_variable_hides_is_not_imported() -> None:
    text = '\ttime := now()\n\tgo func(errors int) {\n\t\thttp.ListenAndServe(":80", nil)\n\t}(time)'
    _, site = call(text, '"net/http"')
    assert [add_import(site, path) for path in ("time", "errors")] == [None, None]
    assert add_import(site, "context")


def test_one_import_becomes_a_block() -> None:
    source = 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":80", nil)\n}\n'
    (site,) = program("", files={"main.go": source}).calls("net/http.ListenAndServe")
    assert add_imports(site, "errors") == (Edit("main.go", 3, 3, 'import (\n\t"errors"\n\t"net/http"\n)'),)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        pytest.param("\tgo func() { log(%s) }()", None, id="in a function on the same line"),
        pytest.param("\tif true { log(%s) }", None, id="in a block on the same line"),
        pytest.param("\tlog(%s)", ("\t", "log(", ")"), id="an argument"),
        pytest.param(
            "\tif err := %s; err != nil {\n\t}", ("\t", "if err := ", "; err != nil {"), id="a condition"
        ),
        pytest.param("\t\tdefer %s", ("\t\t", "defer ", ""), id="deferred"),
    ],
)
def test_the_line_around_a_call(line: str, parts: tuple[str, str, str] | None) -> None:
    _, site = call(line % 'http.ListenAndServe(":80", nil)')
    assert statement_lines(site) == parts


@pytest.mark.parametrize(
    ("imports", "after"),
    [
        ('"net/http"', '"net/http"\n\t_ "time/tzdata"'),
        ('"net/http"\n\t"unicode"', '"net/http"\n\t_ "time/tzdata"\n\t"unicode"'),
        ('"net/http"\n\n\t"example.com/x"', '"net/http"\n\t_ "time/tzdata"\n\n\t"example.com/x"'),
    ],
)
def test_an_import_for_what_it_does(imports: str, after: str) -> None:
    source, site = call('\thttp.ListenAndServe("", nil)', imports)
    edit = add_blank_import(site, "time/tzdata")
    assert edit
    lines = source.split("\n")
    lines[edit.start_line - 1 : edit.end_line] = [edit.text]
    assert "\n".join(lines) == source.replace(imports, after)


def test_no_import_without_a_block_of_standard_packages() -> None:
    _, site = call('\thttp.ListenAndServe("", nil)', '"net/http"\n\t"example.com/x"')
    assert add_blank_import(site, "time/tzdata") is None
