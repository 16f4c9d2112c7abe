"""What a program asks of Go's garbage collector."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import parse_number
from analyzers.model.programs.values import Values
from analyzers.parsers.go import Call, Expression

_PERCENT = "runtime/debug.SetGCPercent"


def find_switch_offs(code: Code) -> Iterator[Site[Call]]:
    """`debug.SetGCPercent(-1)` for good: nothing else in the program sets it again."""
    calls = list(code.calls(_PERCENT))
    values = Values(code)
    if len(calls) == 1 and calls[0].node.arguments and not calls[0].node.scope.within("if"):
        argument = calls[0].of(calls[0].node.arguments[0])
        if _is_negative(values, argument):
            yield calls[0]


def _is_negative(values: Values, argument: Site[Expression]) -> bool:
    """A minus in front; the value of a constant is told without one."""
    node = argument.node
    if node.kind == "unary" and node.text == "-":
        return bool(parse_number(values.constant(argument.of(node.parts[0])) or ""))
    return False
