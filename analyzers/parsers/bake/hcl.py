"""Reads a bake file in HCL with tree-sitter, within limits of size, depth and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from time import thread_time

import tree_sitter_hcl
from tree_sitter import Language, Node, Tree

from analyzers.parsers.bake.expressions import read_expression
from analyzers.parsers.bake.syntax import Attribute, BakeFile, Block
from analyzers.parsers.bounded_tree import parse_bounded
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

MOST_BYTES = 128 * 1024
MOST_BLOCKS = 2_000
MOST_DEPTH = 50
PARSE_SECONDS = 0.5
_HCL = Language(tree_sitter_hcl.language())
_STEPS = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_OTHERS = bytes(set(range(256)) - _STEPS.keys())
_SMALL_BYTES = 32 * 1024
_LABEL = re.compile(r'"?([^"]{0,200})')


def parse_hcl(text: str) -> BakeFile:
    """The blocks of a file. Raises Unreadable for what is no HCL, too large, too deep, or takes too long."""
    source = text.encode("utf-8", "surrogatepass")
    if len(source) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES >> 10} KiB")
    if max(accumulate(map(_STEPS.__getitem__, source.translate(None, _OTHERS))), default=0) > MOST_DEPTH:
        raise Unreadable(f"nested deeper than {MOST_DEPTH} levels")
    root = _parse(source).root_node
    if root.has_error:
        raise Unreadable("is not HCL", _first_error(root))
    body = next((child for child in root.children if child.type == "body"), None)
    return BakeFile(tuple(_blocks(body, source)), _attributes(body, source))


def _parse(source: bytes) -> Tree:
    tree = parse_bounded(_HCL, source, thread_time() + PARSE_SECONDS, _SMALL_BYTES)
    if tree is None:
        raise Unreadable(f"takes longer than {PARSE_SECONDS:g} s to parse")
    return tree


def _first_error(node: Node) -> int:
    while not (node.is_error or node.is_missing):
        node = next(child for child in node.children if child.has_error or child.is_missing)
    return node.start_point[0] + 1


def _blocks(body: Node | None, source: bytes) -> Iterator[Block]:
    blocks = [child for child in body.children if child.type == "block"] if body else []
    if len(blocks) > MOST_BLOCKS:
        raise Unreadable(f"more than {MOST_BLOCKS:,} blocks")
    for block in blocks:
        words = [
            _label(child, source) for child in block.children if child.type in ("identifier", "string_lit")
        ]
        inner = next((child for child in block.children if child.type == "body"), None)
        name = words[1] if len(words) > 1 else ""
        yield Block(words[0], name, _attributes(inner, source), _line(block, source))


def _label(node: Node, source: bytes) -> str:
    return _LABEL.match(_text(node, source))[1]  # type: ignore[index]


def _attributes(body: Node | None, source: bytes) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    for child in body.children if body else ():
        if child.type == "attribute" and len(child.children) == 3:
            name, _, value = child.children
            found[_text(name, source)] = Attribute(read_expression(value, source), _line(child, source))
    return found


def _text(node: Node, source: bytes) -> str:
    return source[node.start_byte : node.end_byte].decode(errors="replace")


def _line(node: Node, source: bytes) -> Span:
    """Where a node begins, up to the end of that line. Columns count characters."""
    row = node.start_point[0] + 1
    before = source.rfind(b"\n", 0, node.start_byte) + 1
    after = source.find(b"\n", node.start_byte, node.end_byte)
    end = node.end_byte if after < 0 else after
    column = len(source[before : node.start_byte].decode(errors="replace")) + 1
    return Span(
        row, column, row, column + len(source[node.start_byte : end].decode(errors="replace").rstrip())
    )
