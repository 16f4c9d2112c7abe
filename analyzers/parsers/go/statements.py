"""How statements become facts of the function they stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from analyzers.parsers.go.expression import Expression
from analyzers.parsers.go.expressions import listed, only_expressions
from analyzers.parsers.go.facts import Assignment, Jump, Parameter, Return, ScopeKind, Select, Send
from analyzers.parsers.go.grammar import by_kind, kinds
from analyzers.parsers.go.walker import Enter, Frame, Reduce, Walk

_IF = kinds("if_statement")
_FOR = kinds("for_statement")
_SELECT = kinds("select_statement")
_LITERAL = kinds("func_literal")
_FUNCTION = kinds("function_declaration", "method_declaration")
_HOLDERS = kinds(
    "block",
    "if_statement",
    "for_statement",
    "func_literal",
    "function_declaration",
    "method_declaration",
    "communication_case",
    "expression_case",
    "type_case",
    "default_case",
    "expression_switch_statement",
    "type_switch_statement",
)
"""Nodes at whose end the names declared inside are gone."""


def declare(walk: Walk, targets: tuple[Expression, ...]) -> None:
    holder = next((frame for frame in reversed(walk.frames) if frame.kind in _HOLDERS), None)
    if holder is not None:
        for target in targets:
            if target.kind == "name":
                walk.declare(target.text, holder)


def _enter_block(walk: Walk, frame: Frame, parent: Frame) -> None:
    if parent.kind in _IF:
        _enter_branch(walk, frame, parent)
    elif parent.kind in _FOR:
        asked = only_expressions(parent.values)
        walk.open_scope("loop", frame, asked[-1] if asked else None)
    elif parent.kind in _LITERAL:
        walk.open_scope("literal", parent, parameters=_parameters(parent))
    elif parent.kind in _FUNCTION:
        walk.open_scope("function", parent, parameters=_parameters(parent))


def _enter_branch(walk: Walk, frame: Frame, parent: Frame) -> None:
    """The block after a condition, then the one after `else`."""
    if parent.state is None:
        expressions = only_expressions(parent.values)
        condition = expressions[-1] if expressions else None
        parent.state = (condition,)
        walk.open_scope("if", frame, condition)
    elif isinstance(parent.state, tuple):
        walk.open_scope("else", frame, parent.state[0])


def _enter_if(walk: Walk, frame: Frame, parent: Frame) -> None:
    if parent.kind in _IF:
        _enter_branch(walk, frame, parent)


def _parameters(frame: Frame) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for value in frame.values:
        if isinstance(value, list):
            found.extend(item for item in value if isinstance(item, Parameter))
    return tuple(found)


def _opening(kind: ScopeKind) -> Enter:
    def enter(walk: Walk, frame: Frame, parent: Frame) -> None:
        if parent.kind in _SELECT:
            parent.state = "default" if frame.kind in _DEFAULT else parent.state or "case"
        walk.open_scope(kind, frame)

    return enter


def _assignment(operator: str) -> Reduce:
    def reduce(walk: Walk, frame: Frame) -> None:
        lists = [listed(value) for value in frame.values if isinstance(value, list)]
        if len(lists) == 2:
            assign(walk, frame, operator, *lists)

    return reduce


def assign(
    walk: Walk, frame: Frame, operator: str, targets: tuple[Expression, ...], values: tuple[Expression, ...]
) -> None:
    """Note an assignment, and that its names are variables from now on."""
    walk.body.assign(Assignment(operator, targets, values, walk.scope, frame.start, frame.end))
    if operator != "=":
        declare(walk, targets)


def _range(walk: Walk, frame: Frame) -> Expression | None:
    """`for i := range x`: a list of targets, where there are any, and one value, which the loop asks."""
    values = only_expressions(frame.values)
    if values:
        assign(walk, frame, "range", _targets(frame), values)
    return values[-1] if values else None


def _case(walk: Walk, frame: Frame) -> None:
    """`case v := <-c`: what follows in the case runs once this has come."""
    values, targets = only_expressions(frame.values), _targets(frame)
    if values and targets:
        assign(walk, frame, ":=", targets, values)
    receives = walk.body.receives
    if values and receives and receives[-1].end == values[-1].end:
        receives[-1] = replace(receives[-1], is_case=True)
    if values and walk.scope.kind == "case":
        walk.scope = walk.scope._replace(condition=values[-1])


def _targets(frame: Frame) -> tuple[Expression, ...]:
    return next((listed(value) for value in frame.values if isinstance(value, list)), ())


def _send(walk: Walk, frame: Frame) -> None:
    parts = only_expressions(frame.values)
    if len(parts) == 2:
        walk.body.sends.append(Send(*parts, walk.scope, frame.start, frame.end))


def _select(walk: Walk, frame: Frame) -> None:
    has_default = frame.state == "default"
    walk.body.selects.append(
        Select(frame.outer, frame.start, frame.end, has_default, frame.state is not None)
    )


def _jump(kind: Literal["break", "goto"]) -> Reduce:
    def reduce(walk: Walk, frame: Frame) -> None:
        label = walk.source[frame.start + len(kind) : frame.end].decode(errors="replace").strip()
        walk.body.jumps.append(Jump(kind, label, walk.scope, frame.start, frame.end))

    return reduce


def _return(walk: Walk, frame: Frame) -> None:
    values = next((listed(value) for value in frame.values if isinstance(value, list)), ())
    walk.body.returns.append(Return(values, walk.scope, frame.start, frame.end))


_DEFAULT = kinds("default_case")

TRANSPARENT = kinds("statement_list", "for_clause")
ENTERS: dict[int, Enter] = by_kind(
    {
        "block": _enter_block,
        "if_statement": _enter_if,
        "go_statement": _opening("go"),
        "defer_statement": _opening("defer"),
        "select_statement": _opening("select"),
        "communication_case": _opening("case"),
        "expression_case": _opening("case"),
        "type_case": _opening("case"),
        "default_case": _opening("case"),
    }
)
REDUCERS: dict[int, Reduce | None] = by_kind(
    {
        "short_var_declaration": _assignment(":="),
        "assignment_statement": _assignment("="),
        "receive_statement": _case,
        "range_clause": _range,
        "break_statement": _jump("break"),
        "goto_statement": _jump("goto"),
        "send_statement": _send,
        "select_statement": _select,
        "return_statement": _return,
        **dict.fromkeys(
            (
                "block",
                "expression_statement",
                "if_statement",
                "for_statement",
                "go_statement",
                "defer_statement",
                "communication_case",
                "expression_case",
                "type_case",
                "default_case",
                "expression_switch_statement",
                "type_switch_statement",
                "labeled_statement",
                "inc_statement",
                "dec_statement",
            ),
            None,
        ),
    }
)
