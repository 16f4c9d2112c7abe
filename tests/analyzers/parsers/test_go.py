"""Go files as facts: calls, literals, scopes, places; and hostile input."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from analyzers.parsers.go import Call, Function, GoFile, parse_go, parse_go_header
from analyzers.parsers.go.facts import ScopeKind
from analyzers.parsers.problem import Unreadable
from tests.hanging import must_end

MAIN = """\
package main

import (
\t"context"
\tstdhttp "net/http"
\t_ "net/http/pprof"
\t"github.com/redis/go-redis/v9"
)

func main() {
%s
}
"""


def body(source: str) -> tuple[GoFile, Function]:
    file = parse_go((MAIN % source).encode())
    return file, next(function for function in file.functions if function.name == "main")


def first_call(source: str, method: str) -> Call:
    return next(call for call in body(source)[1].calls if call.method == method)


@pytest.mark.parametrize(
    ("source", "callees"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("// stdhttp.Get(x)", [], id="a comment"),
        pytest.param('x := "stdhttp.Get(x)"', [], id="a string"),
        pytest.param(
            'stdhttp.ListenAndServe(":80", nil)', ["net/http.ListenAndServe"], id="through an alias"
        ),
        pytest.param(
            "redis.NewClient(nil)", ["github.com/redis/go-redis/v9.NewClient"], id="a major version"
        ),
        pytest.param("stdhttp := local(); stdhttp.Get()", ["local", "stdhttp.Get"], id="a shadowed import"),
        pytest.param(
            "{ stdhttp := 1; _ = stdhttp }; stdhttp.Get()",
            ["net/http.Get"],
            id="shadowed only inside a block",
        ),
        pytest.param("s.http.Serve(l)", ["s.http.Serve"], id="a method on a field"),
        pytest.param("a().b().c()", ["a", ".b", ".c"], id="a chain, inner calls first"),
        pytest.param(
            "run[int](x); run2[K, V](y); run3[int]()", ["run", "run2", "run3"], id="generic functions"
        ),
        pytest.param("(f)(x)", ["f"], id="in parentheses"),
        pytest.param("_ = []byte(f(x))", ["f"], id="inside a conversion"),
    ],
)
def test_callees_are_qualified(source: str, callees: list[str]) -> None:
    assert [call.callee for call in body(source)[1].calls] == callees


@pytest.mark.parametrize(
    ("source", "where"),
    [
        pytest.param("f()", set(), id="plain"),
        pytest.param("go f()", {"go"}, id="goroutine"),
        pytest.param("defer f()", {"defer"}, id="deferred"),
        pytest.param("go func() { f() }()", {"go", "literal"}, id="in a goroutine's literal"),
        pytest.param("for i := 0; i < 3; i++ { f() }", {"loop"}, id="in a loop"),
        pytest.param("for range c { f() }", {"loop"}, id="in a range loop"),
        pytest.param("for f() { }", set(), id="in a loop's head"),
        pytest.param('if p == "" { f() }', {"if"}, id="in a branch"),
        pytest.param('if p == "" { } else { f() }', {"else"}, id="in the other branch"),
        pytest.param("if a { } else if b { f() }", {"if", "else"}, id="in an else if"),
        pytest.param("select { case <-c: f() }", {"select", "case"}, id="in a select's case"),
        pytest.param("switch { case a: f() }", {"case"}, id="in a switch's case"),
    ],
)
def test_scopes_tell_what_is_around_a_call(source: str, where: set[str]) -> None:
    call = first_call(source, "f")
    kinds: tuple[ScopeKind, ...] = ("go", "defer", "loop", "literal", "if", "else", "select", "case")
    assert {kind for kind in kinds if call.scope.within(kind)} == where


def test_branches_know_their_condition() -> None:
    scope = first_call('if p := q(); p == "" { f() }', "f").scope
    assert scope.condition is not None
    assert (scope.condition.text, scope.condition.parts[1].kind) == ("==", "string")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("f()", (), id="to nothing"),
        pytest.param("a := f()", ("a",), id="to a name"),
        pytest.param("a, err := f()", ("a", "err"), id="to several"),
        pytest.param("a, b = g(), f()", ("b",), id="side by side"),
        pytest.param("s.db, _ = f()", ("s.db", "_"), id="to a field"),
        pytest.param("var a, err = f()", ("a", "err"), id="in a declaration"),
        pytest.param("if err := f(); err != nil { }", ("err",), id="in an if"),
    ],
)
def test_results_have_names(source: str, names: tuple[str, ...]) -> None:
    assert first_call(source, "f").names == names


def test_literals_have_type_fields_and_name() -> None:
    file, main = body('srv := &stdhttp.Server{Addr: ":8080", ReadTimeout: 5 * time.Second}')
    (literal,) = main.literals
    address, timeout = literal.expression.field("Addr"), literal.expression.field("ReadTimeout")
    assert (literal.type, literal.names) == ("net/http.Server", ("srv",))
    assert address is not None
    assert timeout is not None
    assert (address.text, timeout.text) == (":8080", "*")
    assert literal.expression.field("Handler") is None
    assert file.text(literal) == 'stdhttp.Server{Addr: ":8080", ReadTimeout: 5 * time.Second}'


def test_functions_keep_what_they_wait_for_send_assign_and_return() -> None:
    _, main = body("srv.ReadTimeout = t; <-done; quit <- 1; select { case x := <-c: default: }; return a, b")
    assert [(entry.operator, entry.targets[0].text) for entry in main.assignments] == [
        ("=", "ReadTimeout"),
        (":=", "x"),
    ]
    assert [receive.channel.text for receive in main.receives] == ["done", "c"]
    assert [send.channel.text for send in main.sends] == ["quit"]
    assert [select.has_default for select in main.selects] == [True]
    assert [len(entry.values) for entry in main.returns] == [2]


def test_declarations() -> None:
    file = parse_go(
        b'package p\nconst A, b = "x" + "y", 2\nvar c http.Client\nvar d = f()\n'
        b'type S struct { Port int `env:"PORT"`; *T; in struct { Q string } }\n'
        b"func (s *S) M(a, b int, c ...string) (n int, err error) { return }\n"
    )
    assert [(entry.name, entry.is_constant) for entry in (*file.constants, *file.variables)] == [
        ("A", True),
        ("b", True),
        ("c", False),
        ("d", False),
    ]
    structs = {
        struct.name: {field.name: (field.type, field.tag) for field in struct.fields}
        for struct in file.structs
    }
    assert structs["S"] == {"Port": ("int", 'env:"PORT"'), "T": ("T", ""), "in": ("struct", "")}
    assert structs[""] == {"Q": ("string", "")}
    initial, method = file.functions
    assert [call.names for call in initial.calls] == [("d",)]
    assert (method.name, method.receiver, method.receiver_name) == ("M", "S", "s")
    assert [(entry.name, entry.type) for entry in method.parameters] == [
        ("a", "int"),
        ("b", "int"),
        ("c", "...string"),
    ]


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        pytest.param(r'"a\n\x41\u00e9\101"', "a\nA\u00e9A", id="escapes"),
        pytest.param("`a\\n`", "a\\n", id="raw"),
        pytest.param(r'"\q"', r"\q", id="a broken escape stays"),
        pytest.param(r'"\uD800"', "\ufffd", id="half a pair"),
    ],
)
def test_strings_are_decoded(literal: str, text: str) -> None:
    assert first_call(f"f({literal})", "f").arguments[0].text == text


@pytest.mark.parametrize(
    ("literal", "is_kept"),
    [
        pytest.param('"hello"', False, id="plain"),
        pytest.param('"postgres://u:p@h/db"', True, id="an address"),
        pytest.param('"host=h password=x"', True, id="a password"),
        pytest.param('"-----BEGIN RSA PRIVATE KEY-----"', True, id="a key"),
    ],
)
def test_telling_texts_are_kept(literal: str, is_kept: bool) -> None:
    file, _ = body(f"f({literal})")
    assert bool(file.texts) is is_kept


def test_columns_count_characters() -> None:
    file, main = body('\tx := "héé日"; f(x)')
    span = file.span(next(call for call in main.calls if call.callee == "f"))
    assert (span.line, span.column, span.end_column) == (11, 15, 19)


def test_comments_that_matter() -> None:
    file = parse_go(
        b"// Code generated by x. DO NOT EDIT.\n\n//go:build linux && !cgo\n\npackage p\n\n"
        b"//shipworthy:ignore[a] why\nvar x = 1 // shipworthy: ignore[b] because\n"
    )
    assert file.is_generated
    assert file.constraint == "linux && !cgo"
    assert file.directives == {7: "shipworthy:ignore[a] why", 8: "shipworthy: ignore[b] because"}


def test_a_syntax_error_costs_only_its_surroundings() -> None:
    file = parse_go(b"package p\nfunc a() { x( }\nfunc b() { g() }\n")
    assert file.is_partial
    assert "g" in {call.callee for function in file.functions for call in function.calls}


NOISE = random.Random(7).randbytes(200_000)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="nothing before"),
        pytest.param("//go:build linux\n\n// type in a comment\n", id="a constraint and a comment"),
        pytest.param("/*\ntype of licence\n*/\n\n", id="a word in a comment that looks like a declaration"),
    ],
)
def test_the_header_is_that_of_the_whole(before: str) -> None:
    source = (before + MAIN % "run()").encode()
    header, whole = parse_go_header(source), parse_go(source)
    assert (header.package, header.constraint) == (whole.package, whole.constraint)
    assert header.imports == whole.imports
    assert len(header.imports) == 4


@pytest.mark.parametrize(
    ("source", "is_partial"),
    [
        pytest.param("var x = `a \\\nb`\nfunc f() { g() }\n", False, id="a backslash at a line's end, raw"),
        pytest.param('import "\\\n"\nfunc f() { g() }\n', True, id="in the path of an import"),
        pytest.param('var x = "a \\\nb"\nfunc f() { g() }\n', True, id="in a text"),
    ],
)
def test_both_ends_of_line_are_read_alike(source: str, is_partial: bool) -> None:
    lines = ("package main\n" + source).splitlines()
    files = [parse_go(end.join([*lines, ""]).encode()) for end in ("\n", "\r\n")]
    assert [file.is_partial for file in files] == [is_partial, is_partial]
    lf, crlf = [
        (
            [imported.path for imported in file.imports],
            [variable.name for variable in file.variables],
            [call.callee for function in file.functions for call in function.calls],
        )
        for file in files
    ]
    assert lf == crlf
    assert lf[-1] == ["g"]


def test_the_last_line_needs_no_end() -> None:
    file = parse_go(b"package a\n\ntype T struct {\n\tA int\n}")
    assert not file.is_partial
    assert [struct.name for struct in file.structs] == ["T"]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("use(new(bool), new([]string), new(http.Server))", id="of a type"),
        pytest.param("use(new(1 + 2))", id="of a number"),
        pytest.param("use(new(load().Name))", id="of a call's result"),
        pytest.param("use(new(true), new([]string), new(map[string]int))", id="of a value beside types"),
        pytest.param("use(new([]string{`a`}), new(T{}))", id="of a literal"),
    ],
)
def test_new_takes_any_expression(source: str) -> None:
    file, main = body(source)
    assert not file.is_partial
    assert [call.callee for call in main.calls][:2] == ["use", "new"]
    assert file.text(main.calls[0]) == source
    assert "new" in main.names


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"{" * 1_000_000, id="braces"),
        pytest.param(b"func(" * 100_000, id="functions"),
        pytest.param(b"a[" * 200_000, id="indexes"),
        pytest.param(b"package p\nvar x = " + b"(" * 100_000 + b")" * 100_000, id="balanced parentheses"),
        pytest.param(b"package p\nvar x = " + b"-" * 300_000 + b"1", id="signs"),
        pytest.param(b"package p\nvar x = 1" + b"+1" * 200_000, id="a long sum"),
        pytest.param(b"package p\nvar x = a" + b".b()" * 100_000, id="a long chain"),
        pytest.param(NOISE, id="noise"),
        pytest.param(NOISE.replace(b"\0", b" "), id="noise without zeros"),
    ],
)
def test_hostile_input_ends_soon(source: bytes) -> None:
    is_read = False
    with must_end(), suppress(Unreadable):
        is_read = not parse_go(source).is_partial
    assert not is_read


@pytest.mark.parametrize(
    ("source", "limit"),
    [
        pytest.param(b"package p\nfunc a() { x( }\n", "", id="wrong syntax"),
        pytest.param(
            b"package p\nfunc a() { " + b"f();" * 100_000 + b"}\n",
            "stopped after",
            id="nodes, or the time for them",
        ),
        pytest.param(b"package p\nvar x = " + b"-" * 300 + b"1\n", "deeper than 250 levels", id="levels"),
    ],
)
def test_a_limit_is_told_from_wrong_syntax(source: bytes, limit: str) -> None:
    file = parse_go(source)
    assert file.is_partial
    assert limit in file.limit
    assert bool(file.limit) is bool(limit)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param(b" " * (1024 * 1024 + 1), "larger than 1 MiB", id="too large"),
        pytest.param(b"package p\n\0", "not a text file", id="binary"),
        pytest.param(
            b"package p\nvar x = " + b"f(" * 200_000, "nested deeper than 1,000 levels", id="calls in calls"
        ),
        pytest.param(
            b"package p\nvar x = " + b"[a" * 200_000, "nested deeper than 1,000 levels", id="arrays of arrays"
        ),
        pytest.param(
            b"package p\nvar x = T{" + b"a:1," * 200_000 + b"}",
            "more than 350,000 signs",
            id="a large literal",
        ),
        pytest.param(
            b"package p\n" + b"func f(){}\n" * 90_000, "more than 350,000 signs", id="functions in rows"
        ),
    ],
)
def test_what_cannot_be_read_is_said(source: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_go(source)
