"""What Go expressions amount to: constants, environment reads, flags; and what stays unknown."""

from __future__ import annotations

import pytest

from analyzers.model.programs.text import (
    UNKNOWN,
    Address,
    Read,
    Text,
    constant,
    number,
    parse_address,
    parse_number,
)
from tests.analyzers.model.go_source import value, value_of_sink
from tests.hanging import must_end

GET_ENV = """
func getEnv(key, fallback string) string {
\tif value, ok := os.LookupEnv(key); ok { return value }
\treturn fallback
}
func getInt(name string, otherwise int) int {
\tn, err := strconv.Atoi(getEnv(name, ""))
\tif err != nil { return otherwise }
\treturn n
}
func inPlace(key, fallback string) string {
\tvalue := os.Getenv(key)
\tif value == "" { value = fallback }
\treturn value
}
func must(target *string, key string) {
\tvalue := os.Getenv(key)
\tif value == "" { panic(key) }
\t*target = value
}
func check(target *string, key string) {
\t*target = key + "?"
\tif os.Getenv(key) == "" { panic(key) }
}
func debugging() string {
\tif os.Getenv("DEBUG") != "" { return ":6060" }
\treturn ":8080"
}
"""


@pytest.mark.parametrize(
    ("expression", "before", "outside"),
    [
        pytest.param("x", "", "", id="a name nobody declares"),
        pytest.param("f()", "", "", id="a function nobody declares"),
        pytest.param("x", 'x := "a"; if cond { x = "b" }', "", id="two constants"),
        pytest.param("x", 'x, err := parse("a")', "", id="one of several results of the unknown"),
        pytest.param("p", 'var p string; check(&p, "PORT")', GET_ENV, id="an address for something else"),
        pytest.param("p", 'var p, q string; must(&q, "PORT")', GET_ENV, id="another variable's address"),
        pytest.param("debugging()", "", GET_ENV, id="a variable that only decides between two"),
        pytest.param(
            "cfg.Port",
            "",
            "type A struct { Port int }\ntype B struct { Port int }",
            id="a field of two structs",
        ),
        pytest.param(
            "c.Port",
            "c := C{80}; d := C{Port: 81}",
            "type C struct { Port int }",
            id="a field that is set twice",
        ),
        pytest.param(
            "c.Port",
            "c := load(); if c.Port == 0 { c.Port = 80 }",
            "type C struct { Port int }\nfunc load() (c C) { return outside.Load() }",
            id="a fallback for what is not seen",
        ),
        pytest.param("x", "x := y; y := x", "", id="a circle"),
        pytest.param("A", "", "const A = B\nconst B = A", id="a circle of constants"),
        pytest.param("loop()", "", "func loop() string { return loop() }", id="a function of itself"),
        pytest.param(
            "x", 'var x string; if cond { x = "a" } else { x = "b" }', "", id="one of two in any case"
        ),
        pytest.param("x", 'x := "a"\nswitch y {\ncase 1:\n\tx = "b"\n}', "", id="a case"),
        pytest.param("x", 'x := "a"; for range y { x = "b" }', "", id="a loop"),
        pytest.param("x", 'x := "a"; go func() { x = "b" }()', "", id="another goroutine"),
        pytest.param("x", 'x := "a"; if cond { x += "b" }', "", id="what may be added"),
        pytest.param("x", 'x := "a"; for range y { x += "b" }', "", id="what is added again and again"),
        pytest.param("x", 'x := "a"; x -= y', "", id="what is taken off"),
        pytest.param("fmt.Sprint(a, b)", "a, b := 1, 2", "", id="what is printed with blanks"),
        pytest.param("P", "P += 1", "var P = 80", id="a package's variable that grows"),
        pytest.param("1 / 0", "", "", id="a division by zero"),
    ],
)
def test_the_unknown_stays_unknown(expression: str, before: str, outside: str) -> None:
    assert value(expression, before, outside) == UNKNOWN


@pytest.mark.parametrize(
    ("expression", "before", "outside", "text"),
    [
        pytest.param('"a" + "b"', "", "", ("ab",), id="a sum of texts"),
        pytest.param("8000 + 80", "", "", ("8080",), id="a sum of numbers"),
        pytest.param("A", "", 'const A = B + ":80"\nconst B = "h"', ("h:80",), id="constants"),
        pytest.param("x", 'x := "a"; x = "b"', "", ("b",), id="the last assignment"),
        pytest.param('fmt.Sprintf("%s:%d", "h", 80)', "", "", ("h:80",), id="Sprintf"),
        pytest.param('net.JoinHostPort("", "80")', "", "", (":80",), id="JoinHostPort"),
        pytest.param(
            "addr()", "", 'func addr() string { return ":" + "80" }', (":80",), id="a function's one result"
        ),
        pytest.param('os.Getenv("PORT")', "", "", (Read("PORT"),), id="an environment read"),
        pytest.param(
            "p",
            'p := "80"; if v, ok := os.LookupEnv("PORT"); ok { p = v }; p = fmt.Sprintf(":%s", p)',
            "",
            (":", Read("PORT", default="80")),
            id="a variable made of itself",
        ),
        pytest.param(
            "port",
            'if os.Getenv("PORT") != "" { port = os.Getenv("PORT") }',
            'var port = "80"',
            (Read("PORT", default="80"),),
            id="a package variable that main overrides",
        ),
        pytest.param('":" + os.Getenv("PORT")', "", "", (":", Read("PORT")), id="a read inside a text"),
        pytest.param(
            "p",
            'p := os.Getenv("PORT"); if p == "" { p = "80" }',
            "",
            (Read("PORT", default="80"),),
            id="an if after",
        ),
        pytest.param(
            "p",
            'p := "80"; if v := os.Getenv("PORT"); v != "" { p = v }',
            "",
            (Read("PORT", default="80"),),
            id="an if that overrides",
        ),
        pytest.param(
            "p",
            'p, ok := os.LookupEnv("PORT"); if !ok { p = "80" }',
            "",
            (Read("PORT", default="80"),),
            id="LookupEnv",
        ),
        pytest.param('cmp.Or(os.Getenv("PORT"), "80")', "", "", (Read("PORT", default="80"),), id="cmp.Or"),
        pytest.param('getEnv("PORT", "80")', "", GET_ENV, (Read("PORT", default="80"),), id="a helper"),
        pytest.param(
            'inPlace("PORT", "80")', "", GET_ENV, (Read("PORT", default="80"),), id="a helper with an if"
        ),
        pytest.param(
            'getInt("PORT", 80)', "", GET_ENV, (Read("PORT", default="80"),), id="a helper of a helper"
        ),
        pytest.param(
            "p", 'var p string; must(&p, "PORT")', GET_ENV, (Read("PORT"),), id="a helper that writes"
        ),
        pytest.param(
            "p",
            'p := "80"; must(&p, "PORT")',
            GET_ENV,
            (Read("PORT", default="80"),),
            id="a helper that overwrites",
        ),
        pytest.param(
            "*p", 'p := flag.String("port", "80", "")', "", (Read(flag="port", default="80"),), id="a flag"
        ),
        pytest.param(
            "p",
            'flag.StringVar(&p, "port", "80", "")',
            "var p string",
            (Read(flag="port", default="80"),),
            id="StringVar",
        ),
        pytest.param(
            "p",
            'var p string; cmd.Flags().StringVarP(&p, "port", "p", "80", "")',
            "",
            (Read(flag="port", default="80"),),
            id="a cobra flag",
        ),
        pytest.param(
            "p",
            'flag.StringVar(&p, "port", getEnv("PORT", "80"), "")',
            "var p string" + GET_ENV,
            (Read("PORT", "port", "80"),),
            id="a flag whose default is read",
        ),
        pytest.param(
            "*p",
            'p := kingpin.Flag("port", "").Default("80").String()',
            "",
            (Read(flag="port", default="80"),),
            id="kingpin",
        ),
        pytest.param(
            "cfg.Port",
            "",
            'type C struct { Port string `env:"PORT" envDefault:"80"` }',
            (Read("PORT", default="80"),),
            id="env",
        ),
        pytest.param(
            "cfg.Port",
            "",
            'type C struct { Port string `env:"PORT, default=80"` }',
            (Read("PORT", default="80"),),
            id="inline",
        ),
        pytest.param(
            "cfg.Port",
            "cfg := C{Port: 80}",
            "type C struct { Port int }",
            ("80",),
            id="a field that is set once",
        ),
        pytest.param("x", 'x := ":"; x += "80"', "", (":80",), id="a text that is added to"),
        pytest.param("x", "x := 80; x += 1", "", ("81",), id="a number that is added to"),
        pytest.param("x", 'x := "a"; if cond { x := "b"; use(x) }', "", ("a",), id="a name of a block"),
        pytest.param('fmt.Sprint(":", 80)', "", "", (":80",), id="Sprint"),
        pytest.param("http.MethodGet", "", "", ("GET",), id="a constant from outside"),
        *(
            pytest.param(f'fmt.Sprintf(":%d", {written})', "", "", (":8080",), id=f"a port as {written}")
            for written in ("8_080", "0x1F90", "017620", "0b1111110010000")
        ),
        pytest.param(
            "x",
            'var x string\nif p := os.Getenv("PORT"); p != "" { x = ":" + p } else { x = ":80" }',
            "",
            (":", Read("PORT", default="80")),
            id="a variable or else",
        ),
        pytest.param("2 * time.Second", "", "", ("2000000000",), id="a duration"),
        pytest.param(
            "c.Port", "c := C{true, 80}", "type C struct { On bool; Port int }", ("80",), id="by place"
        ),
        pytest.param(
            "x",
            'cmd.Flags().StringP("addr", "a", ":80", ""); x, _ := cmd.Flags().GetString("addr")',
            "",
            (Read(flag="addr", default=":80"),),
            id="a flag that is asked for",
        ),
        pytest.param(
            "x",
            'a.Flags().Int("port", 80, ""); b.Flags().Int("port", 81, ""); x, _ := b.Flags().GetInt("port")',
            "",
            (Read(flag="port"),),
            id="a flag of two commands",
        ),
    ],
)
def test_values(expression: str, before: str, outside: str, text: Text) -> None:
    assert value(expression, before, outside) == text


def test_values_cross_files_and_packages() -> None:
    files = {
        "more.go": 'package main\n\nimport "example.com/app/config"\n\nvar port = config.Port\n',
        "config/config.go": 'package config\n\nimport "os"\n\nvar Port = read("PORT", base+"80")\n',
        "config/read.go": 'package config\n\nimport "os"\n\nconst base = "80"\n\n'
        "func read(k, d string) string {\n"
        '\tif v := os.Getenv(k); v != "" { return v }\n\treturn d\n}\n',
    }
    assert value("port", files=files) == (Read("PORT", default="8080"),)


def test_fields_of_structs_that_are_named_alike_are_told_apart() -> None:
    server = "package {0}\n\ntype Server struct {{ Address string }}\n\n"
    files = {
        "web/web.go": server.format("web") + 'func New() *Server { return &Server{Address: ":80"} }\n',
        "rpc/rpc.go": server.format("rpc")
        + 'func New() *Server {\n\ts := &Server{}\n\ts.Address = ":81"\n\treturn s\n}\n',
    }
    outside = 'import (\n"example.com/app/rpc"\n"example.com/app/web"\n)\n'
    body = "s, r := web.New(), rpc.New()"

    assert value("s.Address", body, outside, files) == (":80",)
    assert value("r.Address", body, outside, files) == (":81",)


SERVE = 'func serve(port string) { sink(":" + port) }'


@pytest.mark.parametrize(
    ("calls", "text"),
    [
        pytest.param('serve("80"); serve("81")', (":", *UNKNOWN), id="two that differ"),
        pytest.param('go serve("80")', (":80",), id="one caller"),
        pytest.param('serve("80"); serve("80")', (":80",), id="two that agree"),
    ],
)
def test_parameters_are_what_the_callers_give(calls: str, text: Text) -> None:
    assert value_of_sink(calls, SERVE) == text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param(UNKNOWN, Address(None, None), id="unknown"),
        pytest.param(("nonsense",), Address(None, None), id="no port"),
        pytest.param((":", *UNKNOWN), Address("", None), id="an unknown port"),
        pytest.param((*UNKNOWN, ":80"), Address(None, 80), id="an unknown host"),
        pytest.param((":8080",), Address("", 8080), id="all interfaces"),
        pytest.param(("127.0.0.1:http",), Address("127.0.0.1", 80), id="a named port"),
        pytest.param(("[::1]:8080",), Address("[::1]", 8080), id="IPv6"),
        pytest.param((":", Read("PORT", default="80")), Address("", 80, "PORT"), id="a variable port"),
        pytest.param((Read("ADDR", default=":80"),), Address("", 80, "ADDR"), id="a variable address"),
        pytest.param((Read("ADDR"),), Address(None, None, "ADDR"), id="a variable address without default"),
        pytest.param((Read(flag="l", default="h:80"),), Address("h", 80, "", "l"), id="a flag"),
    ],
)
def test_addresses(text: Text, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("x", None),
        ("5x", None),
        ("1_000", 1000),
        ("0x10", 16),
        ("1.5", 1.5),
        ("1m30s", 90e9),
        ("500ms", 5e8),
    ],
)
def test_numbers(text: str, expected: float | None) -> None:
    assert parse_number(text) == expected
    assert number((text,)) == expected


@pytest.mark.parametrize(
    "outside",
    [
        pytest.param("".join(f"const a{i} = a{i + 1} + a{i + 1}\n" for i in range(60)), id="sums"),
        pytest.param(
            "".join(f"func a{i}() string {{ return a{i + 1}() + a{i + 1}() }}\n" for i in range(60)),
            id="functions",
        ),
        pytest.param(
            "".join(
                f"func a{i}(p string) string {{ return a{i + 1}(p) + a{i + 1}(p) + p }}\n" for i in range(60)
            ),
            id="parameters",
        ),
        pytest.param('const a0 = "' + "x" * 100_000 + '"', id="a long text"),
    ],
)
def test_values_that_explode_stay_unknown(outside: str) -> None:
    expression = "a0" if "const" in outside else 'a0("x")'
    with must_end():
        assert constant(value(expression, outside=outside)) is None
