"""Any result as a flat list, to tell whether two are equal and to find every place in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from analyzers.finding import Location
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.position import Span
from analyzers.parsers.yaml_node import Alias

_PLAIN = (str, bytes, int, float, bool, type(None), Span, Enum)


def describe(result: object) -> list[object]:
    """Everything in a result, in order; what was met before is told by its number."""
    return [_told(item) for item in _items(result)]


def places(result: object) -> Iterator[Span | Location]:
    """Every place in a result."""
    return (item for item, _ in _items(result) if isinstance(item, Span | Location))


def parts_of(result: object) -> Iterator[Any]:
    """Every object in a result, once."""
    return (item for item, number in _items(result) if number < 0)


def _told(item: tuple[object, int]) -> object:
    value, number = item
    if number >= 0:
        return number
    return value if isinstance(value, (*_PLAIN, Location)) else type(value).__name__


def _items(result: object) -> Iterator[tuple[object, int]]:
    """The parts of a result, each with -1, or with its number where it was met before."""
    met: dict[int, int] = {}
    kept: list[object] = []
    pending = [result]
    while pending:
        value = pending.pop()
        if isinstance(value, (*_PLAIN, Location)):
            yield value, -1
            continue
        number = met.setdefault(id(value), len(met))
        is_new = number == len(kept)
        yield value, -1 if is_new else number
        if is_new:
            kept.append(value)  # so that no other object gets its id
            pending.extend(reversed(_inside(value)))


def _inside(value: Any) -> list[object]:
    if isinstance(value, JoinedText):
        return [value.text, *(tuple(piece) for piece in value.pieces(0, len(value.text)))]
    if isinstance(value, Alias):
        return [value.span, value.name]
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, frozenset | set):
        return sorted(value, key=repr)
    if is_dataclass(value):
        return [getattr(value, each.name) for each in fields(value) if each.repr]
    return list(value) if isinstance(value, Sequence) else []
