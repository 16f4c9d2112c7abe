"""Java source, as far as pools and log calls need it."""

from __future__ import annotations

import pytest

from analyzers.parsers.java import JavaCall, JavaFile, Value, parse_java, reader
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable


def in_method(statements: str) -> JavaFile:
    return parse_java(f"class A {{ void run(int n) {{ {statements} }} }}".encode())


def first_argument(expression: str) -> tuple[JavaFile, Value]:
    fields = "static final int MAX = 25; static final int LOOP = LOOP;"
    file = parse_java(f"class A {{ {fields} void run() {{ f({expression}); }} }}".encode())
    call = next(call for call in file.calls if call.name == "f")
    return file, call.arguments[0]


def described(calls: tuple[JavaCall, ...]) -> list[tuple[str, str, str]]:
    return [(call.receiver, call.type, call.name) for call in calls]


@pytest.mark.parametrize("text", ["", "// words", "class A {}", "package a.b;", "\ufeffclass A {}"])
def test_has_no_calls(text: str) -> None:
    assert parse_java(text.encode()).calls == ()


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("f();", [("", "", "f")]),
        ("a.f();", [("a", "", "f")]),
        ("Config a = new Config(); a.f();", [("a", "Config", "f")]),
        ("var a = new x.Config<Y>(); a.f();", [("a", "Config", "f")]),
        ("Map<K, V> a = b; this.a.f();", [("a", "Map", "f")]),
        ("A a = b; { B a = c; } a.f();", [("a", "", "f")]),
        ("new Config() {{ f(1); }};", [("", "Config", "f")]),
        ("try (Config a = open()) { a.f(); }", [("", "", "open"), ("a", "Config", "f")]),
        ("a.b().c();", [("a.b()", "", "c"), ("a", "", "b")]),
    ],
)
def test_tells_whose_method_is_called(statements: str, expected: list[tuple[str, str, str]]) -> None:
    assert described(in_method(statements).calls) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("x", None),
        ("1.5", None),
        ("LOOP", None),
        ("MAX + 1", None),
        ("System.getenv(1)", None),
        ("50", 50),
        ("30_000L", 30_000),
        ("0x10", 16),
        ("010", 8),
        ("0b11", 3),
        ("MAX", 25),
        ("A.MAX", 25),
        ("30 * 1000", 30_000),
        ("2 * MAX * 3", 150),
        ("(int) (MAX)", 25),
        ("TimeUnit.SECONDS.toMillis(30)", 30_000),
        ("Duration.ofMinutes(1).toMillis()", 60_000),
    ],
)
def test_knows_numbers(expression: str, expected: int | None) -> None:
    file, value = first_argument(expression)

    assert value.number(file.constants) == expected


@pytest.mark.parametrize(
    ("expression", "kind", "parts"),
    [
        ('"a {}"', "string", []),
        ("n", "name", []),
        ("() -> g()", "lambda", []),
        ('"a" + n + g()', "sum", ["string", "name", "call"]),
        ('"a" + (1 * n)', "sum", ["string", "product"]),
        ("a - b", "other", []),
        ('String.format("%s", n)', "call", ["name", "string", "name"]),
    ],
)
def test_tells_how_a_value_is_made(expression: str, kind: str, parts: list[str]) -> None:
    _, value = first_argument(expression)

    assert (value.kind, [part.kind for part in value.parts]) == (kind, parts)


def test_knows_what_is_around_a_call() -> None:
    file = parse_java(
        b"package a.b;\n"
        b"import org.slf4j.Logger;\n"
        b"@RestController class Orders {\n"
        b"  // why\n"
        b'  @GetMapping("/x") void list() { for (;;) { f(); } if (g()) { h(); } }\n'
        b"  void other() { f(); }\n"
        b"}\n"
    )
    first, asked, inner, last = file.calls

    assert (file.package, file.imports, file.comments) == (
        "a.b",
        {"Logger": "org.slf4j.Logger"},
        {4: "// why"},
    )
    assert first.method
    assert first.method.annotations == {"RestController", "GetMapping"}
    assert (first.in_loop, asked.in_loop, last.in_loop) == (True, False, False)
    assert (first.in_condition, inner.in_condition) == (False, True)
    assert last.method
    assert last.method.annotations == {"RestController"}
    assert first.span == Span(5, 46, 5, 49)


@pytest.mark.parametrize(
    "text",
    [b"a" * (1 << 20) + b"a", b"class A {}\0", b"{" * 5_000, b"f(" * 5_000],
    ids=["size", "NUL", "{", "f("],
)
def test_refuses(text: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_java(text)


def test_reads_around_wrong_syntax() -> None:
    file = parse_java(b"class A { void a() { f(; } void b() { g(); } }")

    assert (file.is_partial, file.limit) == (True, "")
    assert "g" in [call.name for call in file.calls]


def test_says_which_limit_it_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_FACTS", 3)
    file = parse_java(b"class A { void a() { " + b"f();" * 4 + b" } }")

    assert (file.is_partial, file.limit, len(file.calls)) == (True, "stopped after 3 calls", 3)
