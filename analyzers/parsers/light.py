"""Values of which a file has a hundred thousand: frozen for the type checker, not while the program runs.

A frozen dataclass takes three times as long to make, for it sets each of its fields by a call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def light_value(kind: type[T]) -> type[T]:
    """Equal by its fields, as nobody changes them."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


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
