"""Hostile Go, Java and shell."""

from __future__ import annotations

from random import Random

from tests.bench.hostile.case import Hostile

_MEGABYTE = 1 << 20
_LONGEST_LINE = 60_000


def _go(name: str, content: bytes, *, is_given_up: bool | None = True) -> Hostile:
    files = {"go.mod": b"module a\n\ngo 1.22\n", "main.go": content}
    return Hostile(f"Go: {name}", lambda: files, is_given_up)


def _shell(name: str, content: bytes) -> Hostile:
    """The script of a RUN instruction, in lines of a length that BuildKit takes."""
    lines = [content[at : at + _LONGEST_LINE] for at in range(0, _MEGABYTE - (1 << 12), _LONGEST_LINE)]
    script = b"FROM a\nRUN <<END\n" + b"\n".join(lines)[: _MEGABYTE - 64] + b"\nEND\n"
    return Hostile(f"shell: {name}", lambda: {"Dockerfile": script}, None)


def _java(name: str, pattern: bytes) -> Hostile:
    content = b"class A { void a() { log.info(1); int b = 1" + _filled(pattern, _MEGABYTE - 60)
    files = {"pom.xml": b"<project/>", "src/main/java/A.java": content}
    return Hostile(f"Java: {name}", lambda: files, None)


def _in_main(body: bytes) -> bytes:
    return b"package main\n\nfunc main() {\n\tx := " + body + b"\n}\n"


def _filled(pattern: bytes, size: int = _MEGABYTE) -> bytes:
    return (pattern * (size // len(pattern) + 1))[:size]


CODE = (
    _go("1 MiB of {", _filled(b"{")),
    _go("1 MiB of func ( {", _filled(b"func ( {")),
    _go("400 KB of a[", _filled(b"a[", 400_000)),
    _go("1 MiB of a[", _filled(b"a[")),
    _go("200 KB at random", Random(1).randbytes(200_000)),
    _go("1 MiB of NUL", bytes(_MEGABYTE)),
    _go("one line of 1 MiB", b"package main\n" + _filled(b"//", _MEGABYTE - 20) + b"\n", is_given_up=None),
    _go("64 KiB of (", _in_main(b"(" * 32_000 + b"1" + b")" * 32_000)),
    _go("a sum of 100,000", _in_main(b"1" + b"+1" * 100_000)),
    _go("a chain of 50,000 calls", _in_main(b"a" + b".b()" * 50_000)),
    _go("10,000 functions in functions", _in_main(b"func() { x := " * 10_000 + b"1" + b" }" * 10_000)),
    _go("80,000 functions", b"package main\n" + b"func f() {}\n" * 80_000, is_given_up=None),
    _go("120,000 calls", b"package main\nfunc main() {\n" + b"\tf(a)\n" * 120_000 + b"}\n", is_given_up=None),
    _go("conflict markers", b"package main\n<<<<<<< a\nfunc main() {\n=======\n>>>>>>> b\n" * 10),
    _go("Latin-1", b"package main\n\n// caf\xe9\nfunc main() {}\n", is_given_up=None),
    _go("UTF-16", "package main\nfunc main() {}\n".encode("utf-16")),
    _shell("1 MiB of $(", _filled(b"$(")),
    _shell("1 MiB of {", _filled(b"{ ")),
    _shell("one pipeline of 100,000", b"a | " * 100_000),
    _shell("1 MiB of quotes", _filled(b"\"'`")),
    _shell("500,000 commands", b"a\n" * 500_000),
    _shell("500 KB of quotes", _filled(b"\"'`", 500_000)),
    _shell("500 KB of commands", b"a\n" * 250_000),
    _shell("500 KB of $(", _filled(b"$(", 500_000)),
    _shell("open heredocs", b"a <<E\n" * 100_000),
    _java("1 MiB of {", b"{"),
    _java("1 MiB of a(", b"a("),
    _java("1 MiB of <", b"<B"),
    _java("1 MiB of + 1", b" + 1"),
    _java("1 MiB of calls", b'log.info("a");'),
)
