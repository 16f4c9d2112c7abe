"""The shape of a bake file: blocks with attributes, whose values are expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from analyzers.parsers.position import Span


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, number or truth value as text; None for `null`."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text with `${ }` in it: its parts in order."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A variable, and the attributes that are taken of it: `item.name`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """`[a, b]`"""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """`{ name = value }`"""

    entries: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`left == right ? yes : no`, or with `!=`."""

    left: Expression
    right: Expression
    is_equality: bool
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Opaque:
    """Anything else: calls of functions, `for`, arithmetic."""


Expression: TypeAlias = Literal | Template | Reference | Items | Object | Choice | Opaque


@dataclass(frozen=True, slots=True)
class Attribute:
    value: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """`kind "name" { … }`"""

    kind: str
    name: str
    attributes: Mapping[str, Attribute]
    span: Span
    """Of its first line."""


@dataclass(frozen=True, slots=True)
class BakeFile:
    blocks: tuple[Block, ...]
    attributes: Mapping[str, Attribute]
    """Those outside all blocks, which are variables too."""
