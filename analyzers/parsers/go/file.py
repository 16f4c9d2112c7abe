"""One Go file as the parser hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Protocol

from analyzers.parsers.byte_index import ByteIndex
from analyzers.parsers.go.expression import Expression
from analyzers.parsers.go.facts import Declaration, Function, Import, StructType
from analyzers.parsers.light import light_record
from analyzers.parsers.position import Span


class Placed(Protocol):
    """Anything with byte offsets."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@light_record
class GoFile:
    """`package` is empty where the clause is missing, `constraint` where there is no `//go:build`.

    `texts` are string literals that could hold an address or a secret; `directives` the `//shipworthy:`
    comments, from the marker on, by line. `is_partial` where a limit or a syntax error hid something;
    `partial_line` is where the first error stands, None for a limit.
    """

    source: bytes = field(repr=False)
    package: str
    constraint: str = ""
    imports: tuple[Import, ...] = ()
    constants: tuple[Declaration, ...] = ()
    variables: tuple[Declaration, ...] = ()
    structs: tuple[StructType, ...] = ()
    functions: tuple[Function, ...] = ()
    texts: tuple[Expression, ...] = ()
    directives: Mapping[int, str] = field(default_factory=dict)
    is_generated: bool = False
    is_partial: bool = False
    partial_line: int | None = None
    limit: str = ""
    """The limit that was met, in words; empty where none was."""

    @cached_property
    def _index(self) -> ByteIndex:
        return ByteIndex(self.source)

    def span(self, placed: Placed) -> Span:
        """Where a fact or an expression stands."""
        return self._index.span(placed.start, placed.end)

    def name_span(self, function: Function) -> Span:
        """Where a function's name stands in its declaration."""
        return self._index.span(function.name_start, function.name_end)

    def text(self, placed: Placed) -> str:
        """The source of a fact or an expression, as written."""
        return self.source[placed.start : placed.end].decode(errors="replace")

    def imports_path(self, path: str) -> bool:
        return any(imported.path == path for imported in self.imports)
