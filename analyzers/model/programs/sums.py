"""Sums and products of Go values that are known as texts."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, sub, truediv

from analyzers.model.programs.text import UNKNOWN, Read, Text, joined, number

_OPERATORS: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}


def summed(first: Text, second: Text, *, is_text: bool) -> Text:
    """Two numbers added, or two texts put together."""
    if is_text or number(first) is None or number(second) is None:
        return joined((*first, *second))
    return calculated("+", first, second)


def calculated(operator: str, first: Text, second: Text) -> Text:
    """What an operator makes of two numbers; where one of them is read at start, that is its default."""
    left, right = number(first), number(second)
    if left is None or right is None or operator not in _OPERATORS or (operator == "/" and right == 0):
        return UNKNOWN
    result = f"{_OPERATORS[operator](left, right):.0f}"
    read = next((part for part in (*first, *second) if isinstance(part, Read)), None)
    return (Read(read.variable, read.flag, result),) if read else (result,)
