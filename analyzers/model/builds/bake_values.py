"""What the expressions of a bake file are worth, as far as its own variables decide them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.parsers.bake import (
    BakeFile,
    Choice,
    Expression,
    Items,
    Literal,
    Object,
    Reference,
    Template,
)

MOST_DEPTH = 20
"""Of variables whose defaults name variables."""
LONGEST_TEXT = 4_096
MOST_EVALUATIONS = 100_000
"""Of expressions, in all files together. Beyond it all is unknown."""

Value: TypeAlias = str | tuple["Value", ...] | Mapping[str, "Value"] | None
"""A text (with UNKNOWN for what is not known in it), a list, an object; None for `null`."""


class Variables:
    """The variables of the bake files that are read together; defaults stand for their values."""

    def __init__(self, files: tuple[BakeFile, ...]) -> None:
        self._defaults: dict[str, Expression] = {}
        for file in files:
            for block in file.blocks:
                if block.kind == "variable" and "default" in block.attributes:
                    self._defaults[block.name] = block.attributes["default"].value
            self._defaults.update({name: each.value for name, each in file.attributes.items()})
        self._values: dict[str, Value] = {}
        self._left = MOST_EVALUATIONS

    def spend(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def value(self, name: str, depth: int) -> Value:
        if name not in self._values:
            self._values[name] = UNKNOWN  # what a variable that needs itself is worth
            default = self._defaults.get(name)
            if default is not None and depth:
                self._values[name] = evaluate(default, self, {}, depth - 1)
        return self._values[name]


def evaluate(
    expression: Expression, variables: Variables, row: Mapping[str, Value], depth: int = MOST_DEPTH
) -> Value:
    """The value of an expression; `row` has the variables of a matrix."""
    if not variables.spend():
        return UNKNOWN
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Reference):
        return _referred(expression, variables, row, depth)
    if isinstance(expression, Items):
        return tuple(evaluate(item, variables, row, depth) for item in expression.items)
    if isinstance(expression, Object):
        pairs = [
            (evaluate(key, variables, row, depth), evaluate(value, variables, row, depth))
            for key, value in expression.entries
        ]
        return {key: value for key, value in pairs if isinstance(key, str) and UNKNOWN not in key}
    if isinstance(expression, Template):
        texts = (evaluate(part, variables, row, depth) for part in expression.parts)
        text = "".join(text if isinstance(text, str) else UNKNOWN for text in texts)
        return text if len(text) <= LONGEST_TEXT else UNKNOWN
    if isinstance(expression, Choice):
        return _chosen(expression, variables, row, depth)
    return UNKNOWN


def texts(value: Value) -> tuple[str, ...]:
    """The texts of a list; an item that is no text is left out."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()


def _referred(reference: Reference, variables: Variables, row: Mapping[str, Value], depth: int) -> Value:
    name, *rest = reference.names
    value = row[name] if name in row else variables.value(name, depth)
    for attribute in rest:
        value = value.get(attribute, UNKNOWN) if isinstance(value, Mapping) else UNKNOWN
    return value


def _chosen(choice: Choice, variables: Variables, row: Mapping[str, Value], depth: int) -> Value:
    left = evaluate(choice.left, variables, row, depth)
    right = evaluate(choice.right, variables, row, depth)
    if any(isinstance(side, (tuple, Mapping)) or UNKNOWN in (side or "") for side in (left, right)):
        return UNKNOWN
    chosen = choice.yes if (left == right) is choice.is_equality else choice.no
    return evaluate(chosen, variables, row, depth)
