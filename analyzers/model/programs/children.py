"""Processes that a program starts and does not wait for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, Function
from analyzers.parsers.go.expression import dotted

_COMMAND = "os/exec.Cmd"
_ENDING = ("Wait", "Release", "Run", "Output", "CombinedOutput")
_REAPING = ("syscall.Wait4", "golang.org/x/sys/unix.Wait4")
_REAPERS = ("github.com/hashicorp/go-reap", "github.com/ramr/go-reaper")
"""Libraries that take in whatever process has ended."""
_MOST_STARTS = 100


def find_unreaped(code: Code) -> Iterator[Site[Call]]:
    """Each `cmd.Start()` whose command stays in its function, and of which nobody asks how it ended."""
    if _reaps_all(code):
        return
    for site in islice(code.methods("Start"), _MOST_STARTS):
        receiver = site.node.receiver
        if receiver is None or site.node.arguments or receiver.kind != "name":
            continue
        if unversioned(code.types.of(site.of(receiver))) == _COMMAND and not _is_kept(site, receiver.text):
            yield site


def _reaps_all(code: Code) -> bool:
    return any(code.calls(*_REAPING)) or code.imports(*_REAPERS)


def _is_kept(site: Site[Call], name: str) -> bool:
    """Something waits for it in its function, or it is handed on to who may."""
    for call in site.function.calls:
        asked = dotted(call.receiver) if call.receiver else ""
        if call.method in _ENDING and asked in (name, f"{name}.Process"):
            return True
    return any(_hands_on(expression, name) for expression in _values(site.function))


def _values(function: Function) -> Iterator[Expression]:
    """Whatever a function gives away: arguments, results, what it keeps or sends."""
    for call in function.calls:
        yield from call.arguments
    for literal in function.literals:
        yield literal.expression
    for values in (
        *(entry.values for entry in function.assignments),
        *(entry.values for entry in function.returns),
    ):
        yield from values
    yield from (send.value for send in function.sends)


def _hands_on(expression: Expression, name: str) -> bool:
    """Whether the variable itself is among the values, and not only a field or method of it."""
    if expression.kind == "name":
        return expression.text == name
    if expression.kind in ("call", "function"):  # told apart by its own arguments
        return False
    if expression.kind == "selector":
        return expression.text in ("Wait", "Process") and dotted(expression.parts[0]) == name
    return any(_hands_on(part, name) for part in expression.parts)
