"""The shape of a bake file: blocks with attributes, whose values are expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span


@light_value
class Literal:
    """A text, number or truth value as text; None for `null`."""

    value: str | None


@light_value
class Template:
    """A text with `${ }` in it: its parts in order."""

    parts: tuple[Expression, ...]


@light_value
class Reference:
    """A variable, and the attributes that are taken of it: `item.name`."""

    names: tuple[str, ...]


@light_value
class Items:
    """`[a, b]`"""

    items: tuple[Expression, ...]


@light_value
class Object:
    """`{ name = value }`"""

    entries: tuple[tuple[Expression, Expression], ...]


@light_value
class Choice:
    """`left == right ? yes : no`, or with `!=`."""

    left: Expression
    right: Expression
    is_equality: bool
    yes: Expression
    no: Expression


@light_value
class Opaque:
    """Anything else: calls of functions, `for`, arithmetic."""


Expression: TypeAlias = Literal | Template | Reference | Items | Object | Choice | Opaque


@light_value
class Attribute:
    value: Expression
    span: Span


@light_value
class Block:
    """`kind "name" { … }`"""

    kind: str
    name: str
    attributes: Mapping[str, Attribute]
    span: Span
    """Of its first line."""


@light_value
class BakeFile:
    blocks: tuple[Block, ...]
    attributes: Mapping[str, Attribute]
    """Those outside all blocks, which are variables too."""
