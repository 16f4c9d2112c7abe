"""Goroutines, channels, selects, loops and jumps as the Go parser tells them."""

from __future__ import annotations

import pytest

from analyzers.parsers.go import Function, GoFile, parse_go


def main_of(body: str) -> tuple[GoFile, Function]:
    file = parse_go(f"package main\n\nfunc main() {{\n{body}\n}}\n".encode())
    return file, next(function for function in file.functions if function.name == "main")


@pytest.mark.parametrize(
    ("loop", "condition"),
    [
        pytest.param("for { f() }", "", id="none"),
        pytest.param("for ;; i++ { f() }", "", id="only a step"),
        pytest.param("for i := 0; i < 3; i++ { f() }", "i < 3", id="three parts"),
        pytest.param("for more() { f() }", "more()", id="a condition"),
        pytest.param("for range signals { f() }", "signals", id="a channel"),
        pytest.param("for i, v := range list { f() }", "list", id="a range with names"),
    ],
)
def test_loops_know_what_they_ask(loop: str, condition: str) -> None:
    file, main = main_of(loop)
    call = next(call for call in main.calls if call.callee == "f")
    assert call.scope.kind == "loop"
    asked = call.scope.condition
    assert (file.text(asked) if asked else "") == condition


def test_a_case_knows_what_it_waits_for() -> None:
    file, main = main_of(
        "select {\ncase s, ok := <-signals: a()\ncase <-ctx.Done(): b()\ncase out <- 1: c()\ndefault: d()\n}"
    )
    waited = {call.callee: call.scope.condition for call in main.calls}
    texts = {name: file.text(condition) if condition else "" for name, condition in waited.items()}
    assert texts == {"a": "<-signals", "ctx.Done": "", "b": "<-ctx.Done()", "c": "", "d": ""}
    assert [receive.is_case for receive in main.receives] == [True, True]


def test_a_receive_in_a_case_is_no_case_itself() -> None:
    _, main = main_of("select {\ncase <-first:\n\t<-second\n}")
    assert [receive.is_case for receive in main.receives] == [True, False]


@pytest.mark.parametrize(
    ("statement", "has_cases", "has_default"),
    [
        pytest.param("select {}", False, False, id="waits for ever"),
        pytest.param("select { case <-c: }", True, False, id="waits"),
        pytest.param("select { case <-c: default: }", True, True, id="looks"),
        pytest.param("select { default: }", True, True, id="only a default"),
    ],
)
def test_selects(statement: str, has_cases: bool, has_default: bool) -> None:
    _, main = main_of(statement)
    assert [(select.has_cases, select.has_default) for select in main.selects] == [(has_cases, has_default)]


@pytest.mark.parametrize(
    ("source", "jumps"),
    [
        pytest.param("for { continue }", [], id="continue leaves nothing"),
        pytest.param("for { break }", [("break", "", "loop")], id="a break"),
        pytest.param("for { select { case <-c: break } }", [("break", "", "case")], id="out of a select"),
        pytest.param(
            "out:\nfor { select { case <-c: break out } }", [("break", "out", "case")], id="a label"
        ),
        pytest.param("goto end\nend:", [("goto", "end", "function")], id="goto"),
    ],
)
def test_jumps(source: str, jumps: list[tuple[str, str, str]]) -> None:
    _, main = main_of(source)
    assert [(jump.kind, jump.label, jump.scope.kind) for jump in main.jumps] == jumps
