"""What an action prints on lines of its own: a part of the document, nothing, or what cannot be known."""

from __future__ import annotations

from collections.abc import Callable

from analyzers.model.charts.evaluation import INCLUDES, Evaluation
from analyzers.model.charts.outcome import Block, Known, Outcome, Unknown, name_of
from analyzers.model.charts.values import is_empty
from analyzers.parsers.helm.blocks import Scope
from analyzers.parsers.helm.expression import Call, Expression
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Node, Scalar

_LAYOUT = frozenset({"nindent", "indent", "trim"})


@light_value
class Output:
    """`node` is None where the output is unknown, or empty where `is_empty`. `indent` is the node's own."""

    node: Node | None = None
    indent: int = 0
    is_empty: bool = False
    name: str = ""


Expand = Callable[[str, Outcome], Output]


def read_output(evaluation: Evaluation, number: int, expand: Expand) -> Output:
    """What an action prints; `expand` tells it of a named template."""
    expression = evaluation.expression(number)
    if expression is None:
        return Output()
    return _output(evaluation, expression, evaluation.source.blocks.scopes[number], expand)


def _output(evaluation: Evaluation, expression: Expression, scope: Scope | None, expand: Expand) -> Output:
    while isinstance(expression, Call) and expression.function in _LAYOUT and expression.arguments:
        expression = expression.arguments[-1]
    if isinstance(expression, Call) and expression.function in INCLUDES:
        arguments = [evaluation.value(each, scope) for each in expression.arguments]
        if arguments and isinstance(arguments[0], Known):
            argument = arguments[1] if len(arguments) > 1 else Unknown(is_missing=True)
            return expand(arguments[0].text, argument)
        return Output()
    return _value(evaluation, evaluation.value(expression, scope))


def _value(evaluation: Evaluation, outcome: Outcome) -> Output:
    if isinstance(outcome, Block):
        # An empty one is there to be filled by who installs the chart.
        known = None if is_empty(outcome.values) else outcome.values.located(evaluation.allowance)
        return Output(known, name=name_of(outcome))
    if isinstance(outcome, Known) and outcome.text.strip():
        return Output(outcome.source or Scalar(Span(1, 1, 1, 1), "", outcome.text))
    return Output(name=name_of(outcome))
