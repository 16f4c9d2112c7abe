"""What runs in every run of a program."""

from __future__ import annotations

import pytest

from analyzers.model.programs.certainty import always_runs
from tests.analyzers.model.go_source import program


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param("if a { sink() }", "", False, id="under a condition"),
        pytest.param("for range a { sink() }", "", False, id="in a loop"),
        pytest.param("run(func() { sink() })", "func run(f func()) {}", False, id="a callback"),
        pytest.param("if a { run() }", "func run() { sink() }", False, id="a call under a condition"),
        pytest.param("use(run)", "func use(f func()) {}\nfunc run() { sink() }", False, id="handed on"),
        pytest.param("run()", "func run() { run(); if a { sink() } }", False, id="a circle"),
        pytest.param("sink()", "", True, id="in main"),
        pytest.param("go sink()", "", True, id="beside main"),
        pytest.param("if v := sink(); v { stop() }", "", True, id="what a condition asks"),
        pytest.param("run()", "func run() { deeper() }\nfunc deeper() { sink() }", True, id="further down"),
        pytest.param("", "func init() { sink() }", True, id="in init"),
        pytest.param("use(level)", "var level = sink()", True, id="a variable of the package"),
    ],
)
def test_whether_a_call_always_runs(body: str, outside: str, expected: bool) -> None:
    code = program(body, outside).code
    (site,) = [site for site in code.every_call() if site.node.callee == "sink"]
    assert always_runs(code, site) is expected


def test_many_ways_are_walked_once() -> None:
    steps = "\n".join(f"func f{n}() {{\nf{n + 1}()\nf{n + 1}()\n}}" for n in range(60))
    code = program("if a { f0() }", f"{steps}\nfunc f60() {{ sink() }}").code
    (site,) = [site for site in code.every_call() if site.node.callee == "sink"]
    assert not always_runs(code, site)
