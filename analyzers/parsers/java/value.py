"""What a Java expression says without running anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span

Kind = Literal["number", "string", "name", "call", "sum", "product", "lambda", "other"]
_UNITS = {
    "ofMillis": 1,
    "ofSeconds": 1_000,
    "ofMinutes": 60_000,
    "MILLISECONDS": 1,
    "SECONDS": 1_000,
    "MINUTES": 60_000,
}
"""Milliseconds, by the method of java.time.Duration or the constant of TimeUnit."""
_MOST_DEPTH = 10


@light_value
class Value:
    """An expression. `text` is a literal's meaning, a name, or the called method's name.

    `parts` are the terms of a sum, the factors of a product, or a call's receiver and arguments.
    """

    kind: Kind
    span: Span
    text: str = ""
    parts: tuple[Value, ...] = ()

    def number(self, constants: Mapping[str, Value] = {}, depth: int = _MOST_DEPTH) -> int | None:
        """A whole number; `constants` are the file's, by name. Durations are in milliseconds."""
        if depth == 0:
            return None
        if self.kind == "number":
            return _whole(self.text)
        if self.kind == "name":
            known = constants.get(self.text.rpartition(".")[2])
            return known.number(constants, depth - 1) if known else None
        if self.kind == "product":
            return _product([part.number(constants, depth - 1) for part in self.parts])
        return self._milliseconds(constants, depth) if self.kind == "call" else None

    def _milliseconds(self, constants: Mapping[str, Value], depth: int) -> int | None:
        """`Duration.ofSeconds(30).toMillis()` and `TimeUnit.SECONDS.toMillis(30)`."""
        receiver = self.parts[0] if self.parts else None
        if receiver is None:
            return None
        if self.text == "toMillis" and receiver.kind == "call":
            return receiver.number(constants, depth - 1)
        unit = _UNITS.get(receiver.text.rpartition(".")[2] if self.text == "toMillis" else self.text)
        amount = self.parts[1].number(constants, depth - 1) if len(self.parts) == 2 else None
        return unit * amount if unit and amount is not None else None


def _whole(text: str) -> int | None:
    digits = text.replace("_", "").rstrip("lL")
    base = {"0x": 16, "0b": 2}.get(
        digits[:2].lower(), 8 if digits.startswith("0") and len(digits) > 1 else 10
    )
    try:
        return int(digits[2:] if base in (2, 16) else digits, base) if len(digits) <= 30 else None
    except ValueError:
        return None


def _product(factors: list[int | None]) -> int | None:
    result = 1
    for factor in factors:
        if factor is None:
            return None
        result *= factor
    return result
