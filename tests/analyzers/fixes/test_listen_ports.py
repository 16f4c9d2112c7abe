"""A port that becomes the default of a variable, as gofmt writes it."""

from __future__ import annotations

import pytest

from analyzers.fixes.listen_ports import port_from_environment
from tests.analyzers.model.go_source import program

HEAD = 'package main\n\nimport (\n\t"net/http"\n)\n\nfunc main() {\n%s\n}\n'


def changed(body: str, go: str = "1.24", outside: str = "") -> str | None:
    files = {"go.mod": f"module example.com/app\n\ngo {go}\n", "main.go": HEAD % body + outside}
    read = program("", files=files)
    fix = port_from_environment(read, read.listens[0])
    return fix.edits[0].text if fix else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '\thttp.ListenAndServe(":80", nil)',
            '\thttp.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "80"), nil)',
            id="among arguments",
        ),
        pytest.param(
            '\ts := &http.Server{Addr: ":80"}\n\ts.ListenAndServe()',
            '\ts := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "80")}',
            id="in a literal",
        ),
        pytest.param(
            '\tgo func() { http.ListenAndServe("0.0.0.0:80", nil) }()',
            '\tgo func() { http.ListenAndServe("0.0.0.0:"+cmp.Or(os.Getenv("PORT"), "80"), nil) }()',
            id="in a goroutine",
        ),
    ],
)
def test_the_port_becomes_a_default(body: str, expected: str) -> None:
    assert changed(body) == expected


def test_no_change_where_it_is_not_sure() -> None:
    assert changed('\thttp.ListenAndServe(":80", nil)', go="1.21") is None
    assert changed("\thttp.ListenAndServe(address, nil)", outside='const address = ":80"\n') is None
    assert changed('\tos := 1\n\thttp.ListenAndServe(":80", nil)\n\tprintln(os)') is None
