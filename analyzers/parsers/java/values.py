"""Turns nodes of the syntax tree into values."""

from __future__ import annotations

from tree_sitter import Node

from analyzers.parsers.byte_index import ByteIndex
from analyzers.parsers.java.value import Value
from analyzers.parsers.position import Span

_MOST_DEPTH = 20
_MOST_PARTS = 100
_MOST_TEXT = 1_000
_NUMBERS = frozenset(
    {"decimal_integer_literal", "hex_integer_literal", "octal_integer_literal", "binary_integer_literal"}
)
_NAMES = frozenset({"identifier", "field_access", "this"})
_WRAPPERS = frozenset({"parenthesized_expression", "cast_expression"})


class Source:
    """The bytes of a file, and what its nodes have of them."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._index = ByteIndex(source)

    def text(self, node: Node | None) -> str:
        """The source of a node, cut where it is longer than a person would write."""
        if node is None:
            return ""
        return self._source[node.start_byte : min(node.end_byte, node.start_byte + _MOST_TEXT)].decode(
            errors="replace"
        )

    def span(self, node: Node) -> Span:
        return self._index.span(node.start_byte, node.end_byte)


def read_value(node: Node, source: Source, depth: int = _MOST_DEPTH) -> Value:
    """The value of an expression; what lies deeper than a person writes is `other`."""
    span = source.span(node)
    if depth == 0:
        return Value("other", span)
    if node.type in _NUMBERS:
        return Value("number", span, source.text(node))
    if node.type == "string_literal":
        return Value("string", span, source.text(node)[1:-1])
    if node.type in _NAMES:
        return Value("name", span, source.text(node).removeprefix("this."))
    if node.type in _WRAPPERS and node.named_children:
        return read_value(node.named_children[-1], source, depth - 1)
    if node.type == "binary_expression":
        return _read_operation(node, source, depth)
    if node.type == "method_invocation":
        return Value(
            "call",
            span,
            source.text(node.child_by_field_name("name")),
            tuple(_call_parts(node, source, depth)),
        )
    return Value("lambda" if node.type == "lambda_expression" else "other", span)


def read_arguments(node: Node, source: Source, depth: int = _MOST_DEPTH) -> tuple[Value, ...]:
    """The arguments of a call or of `new`."""
    found = node.child_by_field_name("arguments")
    named = [child for child in (found.named_children if found else ()) if not child.type.endswith("comment")]
    return tuple(read_value(child, source, depth) for child in named[:_MOST_PARTS])


def _call_parts(node: Node, source: Source, depth: int) -> list[Value]:
    receiver = node.child_by_field_name("object")
    first = [read_value(receiver, source, depth - 1)] if receiver is not None else []
    return [*first, *read_arguments(node, source, depth - 1)]


def _read_operation(node: Node, source: Source, depth: int) -> Value:
    """A sum or product with all its terms: the tree leans to the left, however many there are."""
    span, operator = source.span(node), _operator(node, source)
    terms: list[Value] = []
    inner: Node | None = node
    while inner is not None and inner.type == "binary_expression" and _operator(inner, source) == operator:
        right = inner.child_by_field_name("right")
        if right is None or len(terms) >= _MOST_PARTS:
            break
        terms.append(read_value(right, source, depth - 1))
        inner = inner.child_by_field_name("left")
    if inner is not None and len(terms) < _MOST_PARTS:
        terms.append(read_value(inner, source, depth - 1))
    kinds = {"+": "sum", "*": "product"}
    if operator not in kinds:
        return Value("other", span)
    return Value("sum" if operator == "+" else "product", span, "", tuple(reversed(terms)))


def _operator(node: Node, source: Source) -> str:
    return source.text(node.child_by_field_name("operator"))
