"""Reads a bake file in JSON, which is YAML too: the same blocks, `${name}` in its texts included.

https://docs.docker.com/build/bake/reference/#file-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.parsers.bake.syntax import (
    Attribute,
    BakeFile,
    Block,
    Expression,
    Items,
    Literal,
    Object,
    Opaque,
    Reference,
    Template,
)
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Mapping, Node, Scalar, Sequence
from analyzers.parsers.yaml_tree import parse_yaml

MOST_BLOCKS = 2_000
_KINDS = ("group", "target", "variable")
_INTERPOLATION = re.compile(r"(\$\{[^{}]{0,200}\})")
_NAME = re.compile(r"\$\{\s?([A-Za-z_][\w-]{0,100})\s?\}")


def parse_bake_json(text: str) -> BakeFile:
    """The blocks of a file. Raises Unreadable."""
    documents = parse_yaml(text)
    if len(documents) != 1 or not isinstance(documents[0], Mapping):
        raise Unreadable("is not a JSON object")
    blocks = tuple(_blocks(documents[0]))
    if len(blocks) > MOST_BLOCKS:
        raise Unreadable(f"more than {MOST_BLOCKS:,} blocks")
    return BakeFile(blocks, {})


def _blocks(root: Node) -> Iterator[Block]:
    for kind in _KINDS:
        for name, entry in root[kind].items():
            attributes = {
                key: Attribute(_expression(inner.value.target), inner.span)
                for key, inner in entry.value.target.items()
            }
            yield Block(kind, name, attributes, entry.key.span)


def _expression(node: Node) -> Expression:
    if isinstance(node, Sequence):
        return Items(tuple(_expression(item) for item in node))
    if isinstance(node, Mapping):
        return Object(tuple((Literal(name), _expression(entry.value.target)) for name, entry in node.items()))
    if not isinstance(node, Scalar):
        return Literal(None)
    return _template(node.content) if node else Literal(None)


def _template(text: str) -> Expression:
    if "${" not in text:
        return Literal(text)
    pieces = [piece for piece in _INTERPOLATION.split(text) if piece]
    return Template(tuple(_piece(piece) for piece in pieces))


def _piece(piece: str) -> Expression:
    if "${" not in piece:
        return Literal(piece)
    found = _NAME.fullmatch(piece)
    return Reference((found[1],)) if found else Opaque()
