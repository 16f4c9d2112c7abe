"""Hostile Dockerfiles, patterns, modules, bake files, XML and properties."""

from __future__ import annotations

from tests.bench.hostile.case import Hostile, one_file

_MEGABYTE = 1 << 20
_SERVICE = {"go.mod": b"module a\n\ngo 1.22\n", "main.go": b"package main\n\nfunc main() {}\n"}


def _dockerfile(name: str, content: bytes, *, is_given_up: bool | None = True) -> Hostile:
    return Hostile(f"Dockerfile: {name}", lambda: {**_SERVICE, "Dockerfile": content}, is_given_up)


def _ignore(name: str, content: bytes, *, is_given_up: bool | None = None) -> Hostile:
    files = {**_SERVICE, "Dockerfile": b"FROM a\nCOPY . /x\n", ".dockerignore": content}
    deep = {f"{'a/' * 50}{number}.go": b"package a\n" for number in range(200)}
    return Hostile(f".dockerignore: {name}", lambda: {**files, **deep}, is_given_up)


def _bake(name: str, content: bytes, *, is_given_up: bool | None = None) -> Hostile:
    files = {**_SERVICE, "Dockerfile": b"FROM a\n", "docker-bake.hcl": content}
    return Hostile(f"bake: {name}", lambda: files, is_given_up)


_ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
_SPRING = "src/main/resources/application.properties"
_LOGBACK = "src/main/resources/logback.xml"

_NUMBERS = b"[" + b",".join(b'"%d"' % number for number in range(100)) + b"]"
_MATRIX = (
    b'target "a" {\n  name = "${a}-${b}-${c}"\n  matrix = {\n'
    b"    a = %(x)s\n    b = %(x)s\n    c = %(x)s\n  }\n}\n" % {b"x": _NUMBERS}
)
_CHAIN = b"".join(
    b'target "t%d" {\n  inherits = ["t%d"]\n}\n' % (number, number + 1) for number in range(2_000)
)
_DOUBLING = (
    b'variable "v0" {\n  default = "xxxxxxxx"\n}\n'
    + b"".join(b'variable "v%d" {\n  default = "${v%d}${v%d}"\n}\n' % (n, n - 1, n - 1) for n in range(1, 60))
    + b'target "a" {\n  tags = ["${v59}"]\n}\n'
)
_MODULES = b"module a\nrequire (\n" + b"a.b/c v1.0.0\n" * 40_000 + b")\n"
_BOMB = b'<!DOCTYPE a [<!ENTITY e0 "ha">' + _ENTITIES + b"]><configuration>&e11;</configuration>"
_ATTRIBUTES = b"<a " + b" ".join(b'a%d="b"' % number for number in range(40_000)) + b"/>"
_EMPTY = b"<configuration>" + b"<a/>" * 200_000 + b"</configuration>"

FILES = (
    _dockerfile("100,000 continuations", b"FROM a\nRUN x" + b" \\\n" * 100_000, is_given_up=False),
    _dockerfile("100,000 continued commands", b"FROM a\nRUN x" + b" \\\n && y" * 100_000, is_given_up=None),
    _dockerfile("one line of 1 MiB", b"FROM a\nRUN " + b"x" * (_MEGABYTE - 20)),
    _dockerfile("more than 1 MiB", b"FROM a\n" + b"RUN x\n" * 200_000),
    _dockerfile("170,000 instructions", b"FROM a\n" + b"RUN x\n" * 170_000),
    _dockerfile("16,000 heredocs", b"FROM a\nRUN x" + b" <<E" * 16_000 + b"\nE" * 16_000, is_given_up=None),
    _dockerfile("heredocs in heredocs", b"FROM a\n" + b"RUN <<E\nRUN <<F\n" * 30_000),
    _dockerfile("UTF-16", "FROM a\nRUN b\n".encode("utf-16")),
    _dockerfile("NUL", b"FROM a\nRUN b\0c\n", is_given_up=None),
    _dockerfile("not UTF-8", b"FROM a\nRUN \xff\xfe\n"),
    _dockerfile("a value that doubles", b"FROM a\nENV A=x\n" + b"ENV A=$A$A\n" * 9_000, is_given_up=None),
    _dockerfile("9,000 stages", b"FROM a AS b\n" + b"FROM b AS b\n" * 9_000, is_given_up=None),
    _dockerfile("ONBUILD of ONBUILD", b"FROM a\n" + b"ONBUILD " * 8_000, is_given_up=None),
    _ignore("100,000 patterns", b"**/a\n" * 100_000),
    _ignore("**/ 300,000 times", b"**/" * 300_000 + b"a\n"),
    _ignore("stars", b"a*" * 4_000 + b"b\n" + b"a**b" * 1_000 + b"\n"),
    one_file("go.mod: 1 MiB of (", "go.mod", b"(" * (_MEGABYTE - 1)),
    one_file("go.mod: 1 MiB of require (", "go.mod", b"module a\n" + b"require (\n" * 100_000),
    one_file("go.mod: 40,000 modules", "go.mod", _MODULES, is_given_up=False),
    one_file("go.mod: 20,000 replacements", "go.mod", b"replace a => ./b\n" * 20_000, is_given_up=False),
    _bake("1 MiB of {", b"{" * (_MEGABYTE - 1), is_given_up=True),
    _bake("128 KiB of {", b"{" * (128 << 10), is_given_up=True),
    _bake("128 KiB of [", b"a = " + b"[" * ((128 << 10) - 9), is_given_up=True),
    _bake("128 KiB of (", b"a = " + b"(" * ((128 << 10) - 9), is_given_up=True),
    _bake("64,000 open templates", b'a = "' + b"${" * 64_000, is_given_up=True),
    _bake("a sum of 60,000", b"a = 1" + b"+1" * 60_000),
    _bake("a matrix of a million", _MATRIX),
    _bake("a chain of 2,000 inherits", _CHAIN),
    _bake(
        "inherits itself",
        b'target "a" {\n  inherits = ["b", "b"]\n}\ntarget "b" {\n  inherits = ["a", "a"]\n}\n',
    ),
    _bake("a variable that doubles", _DOUBLING),
    one_file("XML: entities of entities", _LOGBACK, _BOMB),
    one_file("XML: 100,000 levels", _LOGBACK, b"<a>" * 100_000),
    one_file("XML: 200,000 elements", _LOGBACK, _EMPTY),
    one_file("XML: 40,000 attributes", _LOGBACK, _ATTRIBUTES, is_given_up=None),
    one_file(
        "properties: 200,000 continued lines", _SPRING, b"a=\\\n" + b"b\\\n" * 200_000, is_given_up=None
    ),
)
