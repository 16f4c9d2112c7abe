"""How statements become facts of the function they stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from tree_sitter import Node

from analyzers.parsers.go.expression import Expression, make
from analyzers.parsers.go.facts import Assignment, Jump, Parameter, Return, ScopeKind, Select, Send
from analyzers.parsers.go.grammar import by_kind, kinds
from analyzers.parsers.go.walker import (
    Enter,
    Frame,
    Read,
    Value,
    Walk,
    framed,
    only_expressions,
    skim,
    stand_in_place,
)

_DECLARING = (":=", "var", "const", "range")
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
    for target in targets:
        if target.kind == "name" and target.text in walk.imports:
            holder: Frame | None = walk.frame
            while holder is not None and holder.kind not in _HOLDERS:
                holder = holder.parent
            if holder is not None:
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
            found.extend(value)
    return tuple(found)


def _opening(kind: ScopeKind) -> Enter:
    def enter(walk: Walk, frame: Frame, parent: Frame) -> None:
        if parent.kind in _SELECT:
            parent.state = "default" if frame.kind in _DEFAULT else parent.state or "case"
        walk.open_scope(kind, frame)

    return enter


def first_list(values: list[Value]) -> tuple[Expression, ...]:
    return next((value for value in values if type(value) is tuple), ())


def _short_assignment(walk: Walk, node: Node) -> None:
    _read_assignment(walk, node, ":=")


def _assignment(walk: Walk, node: Node) -> None:
    """`=`, or `+=` and its like, which give nothing of their own."""
    operator = node.child_by_field_name("operator")
    _read_assignment(walk, node, "=" if operator is None else operator.type)


def _read_assignment(walk: Walk, node: Node, operator: str) -> None:
    lists = [value for value in walk.values(node) if type(value) is tuple]
    if len(lists) == 2:
        assign(walk, node, operator, *lists)


def assign(
    walk: Walk, node: Node, operator: str, targets: tuple[Expression, ...], values: tuple[Expression, ...]
) -> None:
    """Note an assignment, and that its names are variables from now on."""
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    walk.body.assign(make(Assignment, (operator, targets, values, walk.scope, start, end)))
    if operator in _DECLARING:
        declare(walk, targets)


def _range(walk: Walk, node: Node) -> Expression | None:
    """`for i := range x`: a list of targets, where there are any, and one value, which the loop asks."""
    found = walk.values(node)
    values = only_expressions(found)
    if values:
        assign(walk, node, "range", first_list(found), values)
    return values[-1] if values else None


def _case(walk: Walk, node: Node) -> None:
    """`case v := <-c`: what follows in the case runs once this has come."""
    found = walk.values(node)
    values, targets = only_expressions(found), first_list(found)
    if values and targets:
        assign(walk, node, ":=", targets, values)
    receives = walk.body.receives
    if values and receives and receives[-1].end == values[-1].end:
        receives[-1] = replace(receives[-1], is_case=True)
    if values and walk.scope.kind == "case":
        walk.scope = walk.scope._replace(condition=values[-1])


def _send(walk: Walk, node: Node) -> None:
    parts = walk.parts(node)
    if len(parts) == 2:
        walk.body.sends.append(Send(parts[0], parts[1], walk.scope, node.start_byte, node.end_byte))


def _select(walk: Walk, frame: Frame) -> None:
    has_default = frame.state == "default"
    walk.body.selects.append(
        Select(frame.outer, frame.start, frame.end, has_default, frame.state is not None)
    )


def _jump(kind: Literal["break", "goto"]) -> Read:
    def read(walk: Walk, node: Node) -> None:
        start, end = node.start_byte, node.end_byte
        label = walk.source[start + len(kind) : end].decode(errors="replace").strip()
        walk.body.jumps.append(Jump(kind, label, walk.scope, start, end))

    return read


def _return(walk: Walk, node: Node) -> None:
    values = first_list(walk.values(node))
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    walk.body.returns.append(make(Return, (values, walk.scope, start, end)))


_DEFAULT = kinds("default_case")

INNER: dict[int, Read] = by_kind(
    {
        **dict.fromkeys(("statement_list", "for_clause"), stand_in_place),
        "block": framed(_enter_block, None),
        "if_statement": framed(_enter_if, None),
        "go_statement": framed(_opening("go"), None),
        "defer_statement": framed(_opening("defer"), None),
        "select_statement": framed(_opening("select"), _select),
        **dict.fromkeys(
            ("communication_case", "expression_case", "type_case", "default_case"),
            framed(_opening("case"), None),
        ),
        **dict.fromkeys(
            (
                "for_statement",
                "expression_switch_statement",
                "type_switch_statement",
                "labeled_statement",
            ),
            framed(None, None),
        ),
        "short_var_declaration": _short_assignment,
        "assignment_statement": _assignment,
        "receive_statement": _case,
        "range_clause": _range,
        "break_statement": _jump("break"),
        "goto_statement": _jump("goto"),
        "send_statement": _send,
        "return_statement": _return,
        **dict.fromkeys(("expression_statement", "inc_statement", "dec_statement"), skim),
    }
)
