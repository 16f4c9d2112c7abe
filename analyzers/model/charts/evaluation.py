"""What the actions of a template come to, computed only as far as the chart's values decide it."""

from __future__ import annotations

from typing import Protocol

from analyzers.model.charts.functions import FUNCTIONS, is_repeatable, member
from analyzers.model.charts.outcome import Block, Known, Outcome, Unknown, call_name
from analyzers.model.charts.relocation import Allowance
from analyzers.parsers.helm.blocks import Scope
from analyzers.parsers.helm.expression import Call, Expression, Field, Literal, Variable, parse_pipeline
from analyzers.parsers.helm.template import TemplateText

INCLUDES = ("include", "template")
_LONGEST_TEXT = 1 << 16
_MOST_SCOPES = 300
_DEEPEST = 60


class Includer(Protocol):
    """Knows the named templates."""

    def include(self, name: str, argument: Outcome, allowance: Allowance, depth: int) -> Outcome:
        """What a named template prints."""
        ...


class Evaluation:
    """The actions of one template, called with one dot."""

    def __init__(
        self,
        source: TemplateText,
        dot: Outcome,
        includer: Includer,
        allowance: Allowance,
        depth: int = 0,
        label: str = "",
    ) -> None:
        self.source = source
        self.allowance = allowance
        self.depth = depth
        self._dot = dot
        self._includer = includer
        self._label = label
        self._assigned: dict[str, Outcome] = {}
        self._known: dict[tuple[int, str], Outcome] = {}

    def output(self, number: int) -> Outcome:
        """What an action prints."""
        expression = self.expression(number)
        return Unknown() if expression is None else self.value(expression, self.source.blocks.scopes[number])

    def expression(self, number: int) -> Expression | None:
        return parse_pipeline(self.source.actions[number].body)

    def condition(self, number: int) -> Outcome:
        """What an `if`, `with` or `else if` asks for."""
        text = self.source.blocks.conditions.get(number, "")
        return self._computed(text, self.source.blocks.scopes[number])

    def assign(self, number: int) -> None:
        """Passes an action that sets a variable, as one does who goes through the text from its start."""
        name, text = self.source.blocks.assignments.get(number, ("", ""))
        if name in self.source.blocks.reassigned:
            self._assigned[name] = self._computed(text, self.source.blocks.scopes[number])

    def value(self, expression: Expression, scope: Scope | None) -> Outcome:
        """What an expression comes to."""
        self.allowance.take()
        if self.allowance.depth >= _DEEPEST:
            return Unknown()
        self.allowance.depth += 1
        try:
            found = self._value(expression, scope)
        finally:
            self.allowance.depth -= 1
        is_from_values = isinstance(found, Known) and found.source is not None
        self.allowance.is_assumed |= is_from_values or isinstance(found, Block)
        return found

    def _value(self, expression: Expression, scope: Scope | None) -> Outcome:
        if isinstance(expression, Literal):
            return _literal(expression.value)
        if isinstance(expression, Variable):
            return self._variable(expression.name, scope)
        if isinstance(expression, Field):
            found = self.value(expression.of, scope)
            for name in expression.names:
                found = member(found, name)
            return found
        return self._call(expression, scope)

    def _call(self, call: Call, scope: Scope | None) -> Outcome:
        arguments = tuple(self.value(each, scope) for each in call.arguments)
        if call.function in INCLUDES:
            return self._include(arguments)
        result = _apply(call.function, arguments)
        if result is None:
            return Unknown(call_name(call.function, arguments) if is_repeatable(call.function) else "")
        return Unknown() if isinstance(result, Known) and len(result.text) > _LONGEST_TEXT else result

    def _include(self, arguments: tuple[Outcome, ...]) -> Outcome:
        if not arguments or not isinstance(arguments[0], Known):
            return Unknown()
        argument = arguments[1] if len(arguments) > 1 else Unknown(is_missing=True)
        return self._includer.include(arguments[0].text, argument, self.allowance, self.depth + 1)

    def _variable(self, name: str, scope: Scope | None) -> Outcome:
        if name == "$":
            return self._dot
        if name in self.source.blocks.reassigned:
            return self._assigned.get(name, Unknown())
        for _ in range(_MOST_SCOPES):
            if scope is None:
                return Unknown() if name else self._dot
            if scope.name == name:
                return self._bound(scope)
            scope = scope.parent
        return Unknown()

    def _bound(self, scope: Scope) -> Outcome:
        key = scope.number, scope.name
        if key not in self._known:
            self._known[key] = Unknown()
            self._known[key] = self._first_bound(scope)
        return self._known[key]

    def _first_bound(self, scope: Scope) -> Outcome:
        if scope.text is None:
            return Unknown(f"{self._label}:{scope.number}{scope.name}" if self._label else "")
        return self._computed(scope.text, scope.parent)

    def _computed(self, text: str, scope: Scope | None) -> Outcome:
        expression = parse_pipeline(text)
        return Unknown() if expression is None else self.value(expression, scope)


def _apply(function: str, arguments: tuple[Outcome, ...]) -> Outcome | None:
    known = FUNCTIONS.get(function)
    try:
        return known(arguments) if known else None
    except (TypeError, ValueError, IndexError):
        # Called with arguments it does not take: Helm would refuse the template.
        return None


def _literal(value: str | int | bool | None) -> Outcome:
    if value is None:
        return Unknown(is_missing=True)
    if isinstance(value, bool):
        return Known(str(value).lower(), "bool")
    return Known(str(value), "int" if isinstance(value, int) else "string")
