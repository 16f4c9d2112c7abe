"""Reads one Go file with tree-sitter, within limits of size, time and depth."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from time import thread_time

from tree_sitter import Node, Tree

from analyzers.parsers.bounded_tree import parse_bounded
from analyzers.parsers.byte_index import ByteIndex
from analyzers.parsers.go import declarations, expressions, statements
from analyzers.parsers.go.collected import Collected, Signature
from analyzers.parsers.go.file import GoFile
from analyzers.parsers.go.grammar import ERROR, GO
from analyzers.parsers.go.nesting import MOST_LEVELS, MOST_SIGNS, is_too_deep, is_too_dense
from analyzers.parsers.go.walker import Grammar, OutOfBudget, Walk, stand_in_place
from analyzers.parsers.problem import Unreadable

MOST_BYTES = 1024 * 1024
PARSE_SECONDS = 1.0
WALK_SECONDS = 0.8
"""Seconds of this thread's processor time, so that a busy machine reads what an idle one reads."""

_SMALL_BYTES = 32 * 1024
_NEW = re.compile(rb"\bnew(?=\()")
_NEW_OF_NO_TYPE = re.compile(rb"\bnew(?=\((?!\s*(?:\[|(?:map|chan|struct|func|interface)\b|<-\s*chan\b)))")
_DECLARATION = re.compile(rb"^(?:func|type|var|const)\b", re.M)
_STAND_IN = b"nev"
"""As long as `new`: the facts are read from the source itself, at the same places."""
_NO_ESCAPE = b"#"
"""For a backslash at the end of a line: the grammar takes a line feed behind it for a part of the text."""
_GRAMMAR = Grammar(
    {**expressions.LEAVES, **declarations.LEAVES},
    {ERROR: stand_in_place, **expressions.INNER, **statements.INNER, **declarations.INNER},
)


def parse_go(source: bytes) -> GoFile:
    """The facts of one file. Raises Unreadable for what is too large, no text, or takes too long."""
    if len(source) > MOST_BYTES:
        raise Unreadable("larger than 1 MiB")
    if b"\0" in source:
        raise Unreadable("not a text file", source.count(b"\n", 0, source.index(b"\0")) + 1)
    if is_too_deep(source):
        raise Unreadable(f"nested deeper than {MOST_LEVELS:,} levels")
    if is_too_dense(source):
        raise Unreadable(f"more than {MOST_SIGNS:,} signs between words")
    tree = _parse_with_new(source)
    walk = Walk(source, tree, _GRAMMAR, thread_time() + WALK_SECONDS)
    walk.collected.is_partial = not walk.is_sound
    walk.collected.partial_line = _first_error(tree.root_node)
    try:
        walk.values(tree.root_node)
    except OutOfBudget as budget:
        walk.collected.is_partial = True
        walk.collected.limit = str(budget)
    return _file(walk)


def parse_go_header(source: bytes) -> GoFile:
    """Package, constraint and imports alone, at a tenth of the cost. Raises Unreadable as `parse_go`."""
    first = _DECLARATION.search(source)
    header = parse_go(source[: first.start()] if first else source)
    return parse_go(source) if first and (header.is_partial or not header.package) else header


def _first_error(node: Node) -> int | None:
    """The line of the first thing that the grammar could not read."""
    if not node.has_error:
        return None
    inner: Node | None = node
    while inner is not None and not (inner.is_error or inner.is_missing):
        node = inner
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
    return (inner or node).start_point[0] + 1


def _parse_with_new(source: bytes) -> Tree:
    """The tree of the source, with `new` read as the name of an ordinary function where that mends it.

    The grammar knows `new` of types only; Go 1.26 has it of any expression (https://go.dev/doc/go1.26#language).
    """
    deadline = thread_time() + PARSE_SECONDS
    for end in (b"\n", b"\r\n"):
        source = source.replace(b"\\" + end, _NO_ESCAPE + end)
    source += b"\n"  # the grammar wants an end of line behind a declaration, Go does not
    tree = _parse(source, deadline)
    if tree.root_node.has_error:
        for calls in (_NEW_OF_NO_TYPE, _NEW):
            again, count = calls.subn(_STAND_IN, source)
            if count and not (other := _parse(again, deadline)).root_node.has_error:
                return other
    return tree


def _parse(source: bytes, deadline: float) -> Tree:
    tree = parse_bounded(GO, source, deadline, _SMALL_BYTES)
    if tree is None:
        raise Unreadable(f"takes longer than {PARSE_SECONDS:g} s to parse")
    return tree


def _file(walk: Walk) -> GoFile:
    collected = walk.collected
    if walk.body.calls or walk.body.literals or walk.body.assignments:
        start = len(BOM_UTF8) if walk.source.startswith(BOM_UTF8) else 0
        initial = Signature("", None, (), start, len(walk.source), 0, 0)
        collected.functions.insert(0, walk.body.finish(initial))
    return GoFile(
        source=walk.source,
        package=collected.package,
        constraint=_constraint(collected),
        imports=tuple(collected.imports),
        constants=tuple(collected.constants),
        variables=tuple(collected.variables),
        structs=tuple(collected.structs),
        functions=tuple(collected.functions),
        texts=tuple(collected.texts),
        directives=_by_line(walk.source, collected.directives),
        is_generated=collected.is_generated,
        is_partial=collected.is_partial,
        partial_line=collected.partial_line,
        limit=collected.limit,
    )


def _constraint(collected: Collected) -> str:
    """`//go:build` alone where there is one, else all `// +build` lines together."""
    lines = collected.constraints
    if len(lines) > 1 and lines[0].startswith("("):
        return " && ".join(f"({line})" for line in lines)
    return lines[0] if lines else ""


def _by_line(source: bytes, directives: dict[int, str]) -> dict[int, str]:
    if not directives:
        return {}
    index = ByteIndex(source)
    return {index.point(start)[0]: text for start, text in directives.items()}
