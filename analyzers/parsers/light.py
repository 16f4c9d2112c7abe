"""Values of which a file has a hundred thousand: frozen for the type checker, not while the program runs.

A frozen dataclass takes three times as long to make, for it sets each of its fields by a call. To define one
takes three times as long too: Python writes and compiles each of its methods, where one for all would do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def light_value(kind: type[T]) -> type[T]:
    """Equal by its fields, as nobody changes them."""
    return _equal_by_fields(dataclass(slots=True, eq=False, repr=False)(kind))


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def light_record(kind: type[T]) -> type[T]:
    """Equal by its fields, with room for what is worked out from them once."""
    return _equal_by_fields(dataclass(eq=False, repr=False)(kind))


@dataclass_transform(eq_default=True, order_default=True, frozen_default=True, field_specifiers=(field,))
def light_place(kind: type[T]) -> type[T]:
    """Equal and ordered by its fields."""
    return dataclass(slots=True, order=True, unsafe_hash=True)(kind)


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def light_leaf(kind: type[T]) -> type[T]:
    """Itself alone is its equal, and it keeps nothing besides its fields."""
    return dataclass(eq=False, slots=True)(kind)


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def light_node(kind: type[T]) -> type[T]:
    """Itself alone is its equal."""
    return dataclass(eq=False)(kind)


def _equal_by_fields(kind: type[T]) -> type[T]:
    key = _key([each.name for each in fields(kind) if each.compare])  # type: ignore[arg-type]

    def equals(self: T, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: T) -> int:
        return hash(key(self))

    for name, method in (("__eq__", equals), ("__hash__", hashed), ("__repr__", _shown)):
        if name not in vars(kind):
            setattr(kind, name, method)
    return kind


def _key(names: list[str]) -> Callable[[object], Any]:
    """What two values have to have in common, in one call for all of it."""
    return attrgetter(*names) if names else lambda value: ()


def _shown(self: Any) -> str:
    parts = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"
