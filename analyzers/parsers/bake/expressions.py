"""One expression of HCL, from its syntax tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from analyzers.parsers.bake.syntax import (
    Choice,
    Expression,
    Items,
    Literal,
    Object,
    Opaque,
    Reference,
    Template,
)

LONGEST_CONDITIONAL = 300
"""In bytes: they nest without brackets."""
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}
_OPAQUE = Opaque()


def read_expression(node: Node, source: bytes) -> Expression:
    """The expression of a node. The depth is limited by who hands in the tree."""
    children = [child for child in node.children if child.type != "comment"]
    if node.type == "expression" and len(children) > 1 and children[0].type == "variable_expr":
        return _reference(children, source)
    if node.type == "expression" and len(children) == 3 and children[0].type == "(":
        return read_expression(children[1], source)
    read = _READERS.get(node.type)
    if read is not None:
        return read(children, source)
    if not children:
        return _leaf(node, source)
    return read_expression(children[0], source) if len(children) == 1 else _OPAQUE


def unescaped(text: str) -> str:
    """The text that stands for itself in a quoted string or template."""
    return _ESCAPED.sub(_unescape, text) if "\\" in text or "{" in text else text


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    if code is None:
        return found[0][1:]
    if code[0] in "uU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else ""
    return _LETTERS.get(code, code)


def _text(node: Node, source: bytes) -> str:
    return source[node.start_byte : node.end_byte].decode(errors="replace")


def _leaf(node: Node, source: bytes) -> Expression:
    if node.type in ("numeric_lit", "true", "false"):
        return Literal(_text(node, source))
    if node.type == "null_lit":
        return Literal(None)
    if node.type == "template_literal":
        return Literal(unescaped(_text(node, source)))
    return Reference((_text(node, source),)) if node.type == "identifier" else _OPAQUE


def _template(children: list[Node], source: bytes) -> Expression:
    parts = tuple(
        read_expression(child, source)
        for child in children
        if not child.type.endswith(("_start", "_end")) and child.type != "<<"
    )
    if all(isinstance(part, Literal) for part in parts):
        return Literal("".join(part.value or "" for part in parts if isinstance(part, Literal)))
    return Template(parts)


def _interpolation(children: list[Node], source: bytes) -> Expression:
    inner = [child for child in children if child.type == "expression"]
    return read_expression(inner[0], source) if inner else _OPAQUE


def _reference(children: list[Node], source: bytes) -> Expression:
    """`name.attribute`; an index makes it unreadable."""
    if any(child.type != "get_attr" for child in children[1:]):
        return _OPAQUE
    return Reference(tuple(_text(child, source).lstrip(". \t") for child in children))


def _items(children: list[Node], source: bytes) -> Expression:
    return Items(tuple(read_expression(child, source) for child in children if child.type == "expression"))


def _object(children: list[Node], source: bytes) -> Expression:
    pairs = [
        [part for part in child.children if part.type == "expression"]
        for child in children
        if child.type == "object_elem"
    ]
    return Object(
        tuple((_key(pair[0], source), read_expression(pair[1], source)) for pair in pairs if len(pair) == 2)
    )


def _key(node: Node, source: bytes) -> Expression:
    """A plain name is a text here; in brackets it is a variable."""
    key = read_expression(node, source)
    is_plain = isinstance(key, Reference) and not _text(node, source).startswith("(")
    return Literal(".".join(key.names)) if is_plain and isinstance(key, Reference) else key


def _conditional(children: list[Node], source: bytes) -> Expression:
    parts = [child for child in children if child.type == "expression"]
    if len(parts) != 3 or parts[2].end_byte - parts[0].start_byte > LONGEST_CONDITIONAL:
        return _OPAQUE
    test = _comparison(parts[0], source)
    if test is None:
        return _OPAQUE
    return Choice(*test, read_expression(parts[1], source), read_expression(parts[2], source))


def _comparison(node: Node, source: bytes) -> tuple[Expression, Expression, bool] | None:
    """`left == right`, `left != right`, `equal(left, right)`, `notequal(left, right)`."""
    while len(node.children) == 1 or (len(node.children) == 3 and node.children[0].type == "("):
        node = node.children[0 if len(node.children) == 1 else 1]
    parts = node.children
    if node.type == "binary_operation" and len(parts) == 3 and parts[1].type in ("==", "!="):
        return read_expression(parts[0], source), read_expression(parts[2], source), parts[1].type == "=="
    if node.type == "function_call" and _text(parts[0], source) in ("equal", "notequal"):
        given = [
            child
            for part in parts
            if part.type == "function_arguments"
            for child in part.children
            if child.type == "expression"
        ]
        if len(given) == 2:
            is_equality = _text(parts[0], source) == "equal"
            return read_expression(given[0], source), read_expression(given[1], source), is_equality
    return None


def _opaque(children: list[Node], source: bytes) -> Expression:
    return _OPAQUE


_READERS: dict[str, Callable[[list[Node], bytes], Expression]] = {
    "conditional": _conditional,
    "for_expr": _opaque,
    "function_call": _opaque,
    "heredoc_template": _opaque,
    "object": _object,
    "operation": _opaque,
    "quoted_template": _template,
    "string_lit": _template,
    "template_interpolation": _interpolation,
    "tuple": _items,
}
