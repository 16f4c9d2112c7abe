"""What a template's action computes: pipelines of calls, fields, variables and literals.

Syntax: https://pkg.go.dev/text/template#hdr-Pipelines
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzers.parsers.light import light_value

_LONGEST = 2_000
_DEEPEST = 30
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*")
    | (?P<raw>`[^`]*`)
    | (?P<number>-?\d[\w.]*)
    | (?P<field>(?:\.[A-Za-z_]\w*)+)
    | (?P<dot>\.)
    | (?P<variable>\$\w*)
    | (?P<name>[A-Za-z_]\w*)
    | (?P<mark>[()|])
    )""",
    re.X,
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "nil": None}


@light_value
class Literal:
    value: str | int | bool | None


@light_value
class Variable:
    """`$name`; `$` alone is what the template was called with, and the empty name is the dot."""

    name: str


@light_value
class Field:
    """`.a.b` of something."""

    of: Expression
    names: tuple[str, ...]


@light_value
class Call:
    """A function with its arguments; what a pipeline hands on is the last one."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Literal | Variable | Field | Call
_DOT = Variable("")


@lru_cache(maxsize=8_192)
def parse_pipeline(text: str) -> Expression | None:
    """The expression of an action; None for what is too long, too deep or not understood."""
    tokens = _tokens(text) if len(text) <= _LONGEST else None
    if not tokens:
        return None
    reader = _Reader(tokens)
    found = reader.pipeline(0)
    return found if reader.is_done else None


def _tokens(text: str) -> list[tuple[str, str, bool]] | None:
    """Kind, text and whether it touches the token before; None where a character fits nothing."""
    tokens: list[tuple[str, str, bool]] = []
    position, text = 0, text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found or not found.lastgroup:
            return None
        kind = found.lastgroup
        tokens.append((kind, found[kind], found.start(kind) == position > 0))
        position = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; `None` anywhere gives the whole up."""

    def __init__(self, tokens: list[tuple[str, str, bool]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._tokens)

    def pipeline(self, depth: int) -> Expression | None:
        result = self._command(None, depth)
        while result is not None and self._takes("|"):
            result = self._command(result, depth)
        return result

    def _command(self, piped: Expression | None, depth: int) -> Expression | None:
        if depth > _DEEPEST or self.is_done:
            return None
        kind, text, _ = self._tokens[self._at]
        function = text if kind == "name" and text not in _WORDS else ""
        self._at += bool(function)
        operands = self._operands(depth)
        if operands is None:
            return None
        if function:
            return Call(function, operands if piped is None else (*operands, piped))
        return operands[0] if len(operands) == 1 and piped is None else None

    def _operands(self, depth: int) -> tuple[Expression, ...] | None:
        operands: list[Expression] = []
        while not self.is_done and self._tokens[self._at][1] not in ("|", ")"):
            operand = self._operand(depth)
            if operand is None:
                return None
            operands.append(operand)
        return tuple(operands)

    def _operand(self, depth: int) -> Expression | None:
        kind, text, _ = self._tokens[self._at]
        self._at += 1
        if kind == "field":
            return Field(_DOT, tuple(text[1:].split(".")))
        if kind == "mark":
            inner = self.pipeline(depth + 1) if text == "(" else None
            return self._with_fields(inner) if inner is not None and self._takes(")") else None
        if kind == "name":
            return Literal(_WORDS[text]) if text in _WORDS else Call(text, ())
        if kind in ("variable", "dot"):
            return self._with_fields(Variable(text if kind == "variable" else ""))
        return _literal(kind, text)

    def _with_fields(self, base: Expression) -> Expression:
        if not self.is_done:
            kind, text, touches = self._tokens[self._at]
            if kind == "field" and touches:
                self._at += 1
                return Field(base, tuple(text[1:].split(".")))
        return base

    def _takes(self, mark: str) -> bool:
        if self.is_done or self._tokens[self._at][:2] != ("mark", mark):
            return False
        self._at += 1
        return True


def _literal(kind: str, text: str) -> Literal | None:
    if kind == "raw":
        return Literal(text[1:-1].replace("\r", ""))
    if kind == "number":
        digits = text.removeprefix("-")
        return Literal(int(text)) if digits.isdecimal() and len(digits) < 19 else None
    return Literal(_ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text[1:-1]))
