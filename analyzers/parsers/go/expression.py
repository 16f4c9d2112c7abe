"""A Go expression as a small tree of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal[
    "name",
    "string",
    "number",
    "selector",
    "call",
    "composite",
    "keyed",
    "unary",
    "binary",
    "function",
    "type",
    "field",
    "embedded",
    "other",
]


make = tuple.__new__
"""`make(Expression, (...))` takes a third of the time of `Expression(...)`, of which a file has thousands."""


class Expression(NamedTuple):
    """A named tuple and not a dataclass: one large file makes a hundred thousand of them.

    `start` and `end` are byte offsets into the file; `GoFile.span` turns them into lines and columns.
    Trees are never deeper than the walker's limit, so recursion over them is safe.

    | kind | text | parts |
    | --- | --- | --- |
    | name | the identifier, `nil`, `true`, `iota` | |
    | string, number | the decoded text; the number as written | |
    | selector | the field | operand |
    | call | the callee, qualified as in `Call.callee` | callee, then the arguments |
    | composite | the type, qualified | the elements |
    | keyed | the key's text | key, value |
    | unary, binary | the operator | one, two |
    | function | | a function literal; what it does is told by the calls in its scope |
    | type | the name, or `[]`, `map`, `chan`, `struct`, `func`, `interface` | element types |
    | field | a struct's field name | type, tag where there is one |
    | other | | whatever it holds |
    """

    kind: Kind
    text: str
    parts: tuple[Expression, ...]
    start: int
    end: int

    @property
    def arguments(self) -> tuple[Expression, ...]:
        """Of a call."""
        return self.parts[1:]

    @property
    def is_nil(self) -> bool:
        return self.kind == "name" and self.text == "nil"

    def field(self, name: str) -> Expression | None:
        """The value that a composite literal gives to a field."""
        for part in self.parts:
            if part.kind == "keyed" and part.text == name:
                return part.parts[1]
        return None

    def walk(self) -> Iterator[Expression]:
        """Itself and everything below, in the order of the source."""
        waiting = [self]
        while waiting:
            expression = waiting.pop()
            yield expression
            waiting.extend(reversed(expression.parts))


def unwrapped(expression: Expression) -> Expression:
    """The expression without the `&` in front."""
    while expression.kind == "unary" and expression.text == "&":
        expression = expression.parts[0]
    return expression


def dotted(expression: Expression) -> str:
    """A chain of names as written (`s.config.addr`), empty for anything else. A `*` or `&` does not count."""
    names: list[str] = []
    while expression.kind == "unary" and expression.text in "*&":
        expression = expression.parts[0]
    while expression.kind == "selector":
        names.append(expression.text)
        expression = expression.parts[0]
    if expression.kind not in ("name", "type"):
        return ""
    return ".".join([expression.text, *reversed(names)])
