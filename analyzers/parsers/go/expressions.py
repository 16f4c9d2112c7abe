"""How the nodes of expressions and types become an `Expression`."""

from __future__ import annotations

import re

from analyzers.parsers.go import strings
from analyzers.parsers.go.collected import RawCall, RawLiteral
from analyzers.parsers.go.expression import Expression, Kind, dotted
from analyzers.parsers.go.facts import Receive
from analyzers.parsers.go.grammar import by_kind, kinds
from analyzers.parsers.go.walker import Enter, Frame, Leaf, Reduce, Value, Walk

_OPERATOR = re.compile(rb"[-+*/%&|^<>=!]+")
_NAME = re.compile(r"\w+\Z")
_COMPOSITE = kinds("composite_literal")


def only_expressions(values: list[Value]) -> tuple[Expression, ...]:
    return tuple([value for value in values if type(value) is Expression])


def listed(value: Value) -> tuple[Expression, ...]:
    """The expressions of a list."""
    return tuple([item for item in value if type(item) is Expression])


def render_type(walk: Walk, expression: Expression) -> str:
    """A type in words: imported names qualified, pointers and slices in front, empty for what is longer."""
    prefix = ""
    while expression.kind in ("unary", "type") and expression.text in ("*", "[]", "...") and expression.parts:
        prefix += expression.text
        expression = expression.parts[-1]
    if expression.kind == "selector":
        return prefix + qualify(walk, expression)[0]
    return prefix + expression.text


def qualify(walk: Walk, expression: Expression) -> tuple[str, str]:
    """A name or selector with its package (`net/http.Server`, `net/http`), or as written with none."""
    if expression.kind != "selector":
        return (expression.text if expression.kind in ("name", "type") else ""), ""
    operand = expression.parts[0]
    package = walk.imported(operand.text) if operand.kind == "name" else ""
    if package:
        return f"{package}.{expression.text}", package
    return f"{dotted(operand)}.{expression.text}", ""


def _name(walk: Walk, start: int, end: int) -> Expression:
    text = walk.name(start, end)
    walk.body.names.add(text)
    return Expression("name", text, (), start, end)


def _package_name(walk: Walk, start: int, end: int) -> Expression:
    return Expression("name", walk.name(start, end), (), start, end)


def _type_name(walk: Walk, start: int, end: int) -> Expression:
    text = walk.name(start, end)
    walk.body.names.add(text)
    return Expression("type", text, (), start, end)


def _number(walk: Walk, start: int, end: int) -> Expression:
    return Expression("number", walk.name(start, end), (), start, end)


def _string(walk: Walk, start: int, end: int) -> Expression:
    literal = walk.source[start:end]
    expression = Expression("string", strings.decode(literal), (), start, end)
    if strings.is_telling(literal):
        walk.collected.texts.append(expression)
    return expression


def _opaque_type(text: str) -> Leaf:
    def read(walk: Walk, start: int, end: int) -> Expression:
        return Expression("type", text, (), start, end)

    return read


def _selector(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    if len(parts) != 2:
        return parts[0] if parts else None
    return Expression("selector", parts[1].text, parts[:1], frame.start, frame.end)


def _call(walk: Walk, frame: Frame) -> Expression | None:
    values = frame.values
    if not values or not isinstance(values[0], Expression):
        return None
    arguments = listed(values[-1]) if isinstance(values[-1], list) else ()
    return _made_call(walk, frame, values[0], arguments)


def _conversion(walk: Walk, frame: Frame) -> Expression | None:
    """`f[T](x)` reads as a conversion to a generic type; it may as well be a call, and is taken for one."""
    parts = only_expressions(frame.values)
    if (
        len(parts) == 2
        and parts[0].kind in ("selector", "type")
        and parts[0].text not in ("[]", "map", "chan")
    ):
        callee = parts[0]._replace(kind="name") if parts[0].kind == "type" else parts[0]
        return _made_call(walk, frame, callee, parts[1:])
    return Expression("other", "", parts, frame.start, frame.end)


def _made_call(walk: Walk, frame: Frame, callee: Expression, arguments: tuple[Expression, ...]) -> Expression:
    if callee.kind == "other" and callee.parts:  # f[T](x) may read as an index, too
        callee = callee.parts[0]
    name, package = qualify(walk, callee)
    expression = Expression("call", name, (callee, *arguments), frame.start, frame.end)
    walk.body.calls.append(RawCall(expression, name, package, walk.scope))
    return expression


def _composite(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    if len(parts) != 2:
        return None
    type_name = render_type(walk, parts[0])
    expression = Expression("composite", type_name, parts[1].parts, frame.start, frame.end)
    if _NAME.match(type_name.rpartition(".")[2]) and type_name not in ("map", "struct"):
        walk.body.literals.append(RawLiteral(expression, walk.scope))
    return expression


def _keyed(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    if len(parts) != 2:
        return parts[0] if parts else None
    text = parts[0].text if parts[0].kind in ("name", "string", "number") else ""
    return Expression("keyed", text, parts, frame.start, frame.end)


def _unary(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    if len(parts) != 1:
        return None
    operator = walk.source[frame.start : frame.start + 2]
    text = "<-" if operator == b"<-" else operator[:1].decode(errors="replace")
    if text == "<-":
        walk.body.receives.append(Receive(parts[0], walk.scope, frame.start, frame.end))
    return Expression("unary", text, parts, frame.start, frame.end)


def _binary(walk: Walk, frame: Frame) -> Expression | None:
    parts = only_expressions(frame.values)
    if len(parts) != 2:
        return parts[0] if parts else None
    match = _OPERATOR.search(walk.source, parts[0].end, parts[1].start)
    return Expression("binary", match.group().decode() if match else "", parts, frame.start, frame.end)


def _function(walk: Walk, frame: Frame) -> Expression:
    return Expression("function", "", (), frame.start, frame.end)


def _elements(walk: Walk, frame: Frame) -> list[Expression]:
    return list(only_expressions(frame.values))


def _holding(kind: Kind, text: str) -> Reduce:
    def reduce(walk: Walk, frame: Frame) -> Expression:
        return Expression(kind, text, only_expressions(frame.values), frame.start, frame.end)

    return reduce


def _base(walk: Walk, frame: Frame) -> Expression | None:
    """A generic type without its arguments."""
    parts = only_expressions(frame.values)
    return parts[0] if parts else None


def _literal_value(walk: Walk, frame: Frame) -> Expression:
    return Expression("composite", "", only_expressions(frame.values), frame.start, frame.end)


LEAVES: dict[int, Leaf] = by_kind(
    {
        **dict.fromkeys(
            ("identifier", "field_identifier", "blank_identifier", "nil", "true", "false", "iota"), _name
        ),
        "package_identifier": _package_name,
        "type_identifier": _type_name,
        **dict.fromkeys(("int_literal", "float_literal", "imaginary_literal", "rune_literal"), _number),
        **dict.fromkeys(("interpreted_string_literal", "raw_string_literal"), _string),
        "function_type": _opaque_type("func"),
        "interface_type": _opaque_type("interface"),
    }
)
TRANSPARENT = kinds(
    "parenthesized_expression", "parenthesized_type", "literal_element", "type_elem", "type_constraint"
)
ENTERS: dict[int, Enter] = {}
REDUCERS: dict[int, Reduce | None] = by_kind(
    {
        "selector_expression": _selector,
        "qualified_type": _selector,
        "call_expression": _call,
        "type_conversion_expression": _conversion,
        "argument_list": _elements,
        "expression_list": _elements,
        "composite_literal": _composite,
        "literal_value": _literal_value,
        "keyed_element": _keyed,
        "unary_expression": _unary,
        "binary_expression": _binary,
        "func_literal": _function,
        "index_expression": _holding("other", ""),
        "slice_expression": _holding("other", ""),
        "type_assertion_expression": _holding("other", ""),
        "type_instantiation_expression": _holding("other", ""),
        "variadic_argument": _holding("other", "..."),
        "pointer_type": _holding("unary", "*"),
        "slice_type": _holding("type", "[]"),
        "array_type": _holding("type", "[]"),
        "implicit_length_array_type": _holding("type", "[]"),
        "map_type": _holding("type", "map"),
        "channel_type": _holding("type", "chan"),
        "generic_type": _base,
    }
)
