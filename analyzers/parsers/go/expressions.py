"""How the nodes of expressions and types become an `Expression`."""

from __future__ import annotations

import re

from tree_sitter import Node

from analyzers.parsers.go import strings
from analyzers.parsers.go.expression import Expression, Kind, dotted, make
from analyzers.parsers.go.facts import Call, Literal, Receive
from analyzers.parsers.go.grammar import by_kind
from analyzers.parsers.go.walker import Frame, Read, Walk, framed, stand_in_place

_OPERATOR = re.compile(rb"[-+*/%&|^<>=!]+")
_NAME = re.compile(r"\w+\Z")
_CHAIN = re.compile(rb"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z")
_LONGEST_CHAIN = 64
"""In bytes. What is longer is read node by node, as each part would be copied once for each dot behind it."""


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
    if operand.kind != "name":
        return f"{dotted(operand)}.{expression.text}", ""
    package = walk.imported(operand.text)
    return f"{package or operand.text}.{expression.text}", package


def _name(walk: Walk, node: Node) -> Expression:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    text = walk.texts[walk.source[start:end]]
    walk.body.names.add(text)
    return make(Expression, ("name", text, (), start, end))


def _package_name(walk: Walk, node: Node) -> Expression:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    return make(Expression, ("name", walk.texts[walk.source[start:end]], (), start, end))


def _type_name(walk: Walk, node: Node) -> Expression:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    text = walk.texts[walk.source[start:end]]
    walk.body.names.add(text)
    return make(Expression, ("type", text, (), start, end))


def _number(walk: Walk, node: Node) -> Expression:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    return make(Expression, ("number", walk.source[start:end].decode(errors="replace"), (), start, end))


def _string(walk: Walk, node: Node) -> Expression:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    literal = walk.source[start:end]
    expression: Expression = make(Expression, ("string", strings.decode(literal), (), start, end))
    if strings.is_telling(literal):
        walk.collected.texts.append(expression)
    return expression


def _opaque_type(text: str) -> Read:
    def read(walk: Walk, node: Node) -> Expression:
        return make(
            Expression, ("type", text, (), walk.offsets[node.start_byte], walk.offsets[node.end_byte])
        )

    return read


def _selector(walk: Walk, node: Node) -> Expression | None:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    names = _names(walk, start, end)
    if names:
        return _chain(walk, names, start)
    parts = walk.parts(node)
    if len(parts) != 2:
        return parts[0] if parts else None
    return make(Expression, ("selector", parts[1].text, (parts[0],), start, end))


def _names(walk: Walk, start: int, end: int) -> tuple[str, ...]:
    """Of `s.config.addr`; nothing for a selector that is made of more than names."""
    if end - start > _LONGEST_CHAIN:
        return ()
    raw = walk.source[start:end]
    names = walk.chains.get(raw)
    if names is None:
        is_chain = _CHAIN.match(raw) is not None
        names = walk.chains[raw] = tuple([walk.texts[name] for name in raw.split(b".")]) if is_chain else ()
    return names


def _chain(walk: Walk, names: tuple[str, ...], start: int) -> Expression:
    """A selector of names alone, which are read from the source without a look at their nodes."""
    walk.body.names.update(names)
    offsets = walk.offsets
    end = start + len(names[0])
    expression: Expression = make(Expression, ("name", names[0], (), start, offsets[end]))
    for name in names[1:]:
        end += 1 + len(name)
        expression = make(Expression, ("selector", name, (expression,), start, offsets[end]))
    return expression


def _qualified(walk: Walk, node: Node) -> Expression | None:
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    names = _names(walk, start, end)
    if len(names) == 2:
        walk.body.names.add(names[1])
        package = make(Expression, ("name", names[0], (), start, walk.offsets[start + len(names[0])]))
        return make(Expression, ("selector", names[1], (package,), start, end))
    parts = walk.parts(node)
    if len(parts) != 2:
        return parts[0] if parts else None
    return make(Expression, ("selector", parts[1].text, (parts[0],), start, end))


def _call(walk: Walk, node: Node) -> Expression | None:
    values = walk.values(node)
    if not values or type(values[0]) is not Expression:
        return None
    arguments = values[-1] if type(values[-1]) is tuple else ()
    return _made_call(walk, node, values[0], arguments)


def _conversion(walk: Walk, node: Node) -> Expression | None:
    """`f[T](x)` reads as a conversion to a generic type; it may as well be a call, and is taken for one."""
    parts = walk.parts(node)
    if (
        len(parts) == 2
        and parts[0].kind in ("selector", "type")
        and parts[0].text not in ("[]", "map", "chan")
    ):
        callee = parts[0]._replace(kind="name") if parts[0].kind == "type" else parts[0]
        return _made_call(walk, node, callee, (parts[1],))
    return Expression("other", "", tuple(parts), walk.offsets[node.start_byte], walk.offsets[node.end_byte])


def _made_call(walk: Walk, node: Node, callee: Expression, arguments: tuple[Expression, ...]) -> Expression:
    if callee.kind == "other" and callee.parts:  # f[T](x) may read as an index, too
        callee = callee.parts[0]
    name, package = qualify(walk, callee)
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    expression: Expression = make(Expression, ("call", name, (callee, *arguments), start, end))
    walk.body.calls.append(make(Call, (name, package, expression, walk.scope, ())))
    return expression


def _composite(walk: Walk, node: Node) -> Expression | None:
    parts = walk.parts(node)
    if len(parts) != 2:
        return None
    type_name = render_type(walk, parts[0])
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    expression: Expression = make(Expression, ("composite", type_name, parts[1].parts, start, end))
    if _NAME.match(type_name.rpartition(".")[2]) and type_name not in ("map", "struct"):
        walk.body.literals.append(Literal(type_name, expression, walk.scope))
    return expression


def _keyed(walk: Walk, node: Node) -> Expression | None:
    parts = walk.parts(node)
    if len(parts) != 2:
        return parts[0] if parts else None
    text = parts[0].text if parts[0].kind in ("name", "string", "number") else ""
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    return make(Expression, ("keyed", text, tuple(parts), start, end))


def _unary(walk: Walk, node: Node) -> Expression | None:
    parts = walk.parts(node)
    if len(parts) != 1:
        return None
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    operator = walk.source[start : start + 2]
    text = "<-" if operator == b"<-" else operator[:1].decode(errors="replace")
    if text == "<-":
        walk.body.receives.append(Receive(parts[0], walk.scope, start, end))
    return make(Expression, ("unary", text, tuple(parts), start, end))


def _binary(walk: Walk, node: Node) -> Expression | None:
    parts = walk.parts(node)
    if len(parts) != 2:
        return parts[0] if parts else None
    match = _OPERATOR.search(walk.source, parts[0].end, parts[1].start)
    operator = match.group().decode() if match else ""
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    return make(Expression, ("binary", operator, tuple(parts), start, end))


def _function(walk: Walk, frame: Frame) -> Expression:
    return Expression("function", "", (), frame.start, frame.end)


def _arguments(walk: Walk, node: Node) -> tuple[Expression, ...]:
    return tuple(walk.parts(node)) if node.named_child_count else ()


def _list(walk: Walk, node: Node) -> tuple[Expression, ...]:
    """Most lists are one name, which is told by its bytes where the file has had it before."""
    start, end = walk.offsets[node.start_byte], walk.offsets[node.end_byte]
    text = walk.texts.get(walk.source[start:end]) if end - start <= _LONGEST_CHAIN else None
    if text is None:
        return tuple(walk.parts(node))
    walk.body.names.add(text)
    return (make(Expression, ("name", text, (), start, end)),)


def _holding(kind: Kind, text: str) -> Read:
    def read(walk: Walk, node: Node) -> Expression:
        parts = tuple(walk.parts(node))
        return make(
            Expression, (kind, text, parts, walk.offsets[node.start_byte], walk.offsets[node.end_byte])
        )

    return read


def _base(walk: Walk, node: Node) -> Expression | None:
    """A generic type without its arguments."""
    parts = walk.parts(node)
    return parts[0] if parts else None


LEAVES: dict[int, Read] = by_kind(
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
INNER: dict[int, Read] = by_kind(
    {
        **dict.fromkeys(
            (
                "parenthesized_expression",
                "parenthesized_type",
                "literal_element",
                "type_elem",
                "type_constraint",
            ),
            stand_in_place,
        ),
        "selector_expression": _selector,
        "qualified_type": _qualified,
        "call_expression": _call,
        "type_conversion_expression": _conversion,
        "argument_list": _arguments,
        "expression_list": _list,
        "composite_literal": _composite,
        "literal_value": _holding("composite", ""),
        "keyed_element": _keyed,
        "unary_expression": _unary,
        "binary_expression": _binary,
        "func_literal": framed(None, _function),
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
