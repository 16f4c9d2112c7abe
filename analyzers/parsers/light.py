"""Values of which a file has a hundred thousand: frozen for the type checker, not while the program runs.

A frozen dataclass takes three times as long to make, for it sets each of its fields by a call. To define one
takes ten times as long: Python writes and compiles each of its methods, where one for all would do, and
the constructor of what a repository may have none of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def light_value(kind: type[T]) -> type[T]:
    """Equal by its fields, as nobody changes them."""
    return _equal_by_fields(_defined(kind, slots=True))


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def light_record(kind: type[T]) -> type[T]:
    """Equal by its fields, with room for what is worked out from them once."""
    return _equal_by_fields(_defined(kind, slots=False))


@dataclass_transform(eq_default=True, order_default=True, frozen_default=True, field_specifiers=(field,))
def light_place(kind: type[T]) -> type[T]:
    """Equal and ordered by its fields."""
    return dataclass(slots=True, order=True, unsafe_hash=True)(kind)


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def light_leaf(kind: type[T]) -> type[T]:
    """Itself alone is its equal, and it keeps nothing besides its fields."""
    return _defined(kind, slots=True)


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def light_node(kind: type[T]) -> type[T]:
    """Itself alone is its equal."""
    return _defined(kind, slots=False)


def _defined(kind: type[T], *, slots: bool) -> type[T]:
    """With its fields, and a constructor that is written when the first one is made."""
    # Of what says nothing of itself, Python would work out the signature to say that.
    kind.__doc__ = kind.__doc__ or kind.__name__
    defined: Any = dataclass(init=False, eq=False, repr=False, slots=slots)(kind)

    def make(self: T, *values: object, **named: object) -> None:
        defined.__init__ = _constructor(defined)
        defined.__init__(self, *values, **named)

    defined.__init__ = make
    if "__repr__" not in vars(defined):
        defined.__repr__ = _shown
    return defined  # type: ignore[no-any-return]


def _constructor(kind: Any) -> Any:
    """`__init__` as `dataclass` would write it, which tells nobody how it does so."""
    known: dict[str, Any] = {"MISSING": MISSING}
    places, names, sets = ["self"], ["*"], ["pass"]
    for each in fields(kind):
        known[f"default_{each.name}"] = each.default
        known[f"make_{each.name}"] = each.default_factory
        if each.init:
            (names if each.kw_only else places).append(_parameter(each))
            sets.append(f"self.{each.name} = {_value(each)}")
        elif each.default is not MISSING:
            sets.append(f"self.{each.name} = default_{each.name}")
    if hasattr(kind, "__post_init__"):
        sets.append("self.__post_init__()")
    takes = places + names if names[1:] else places
    exec(f"def __init__({', '.join(takes)}):\n " + "\n ".join(sets), known)  # noqa: S102
    return known["__init__"]


def _parameter(of: Field[Any]) -> str:
    is_asked_for = of.default is MISSING and of.default_factory is MISSING
    return of.name if is_asked_for else f"{of.name}=default_{of.name}"


def _value(of: Field[Any]) -> str:
    is_given = of.default_factory is MISSING
    return of.name if is_given else f"make_{of.name}() if {of.name} is MISSING else {of.name}"


def _equal_by_fields(kind: type[T]) -> type[T]:
    key = _key([each.name for each in fields(kind) if each.compare])  # type: ignore[arg-type]

    def equals(self: T, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: T) -> int:
        return hash(key(self))

    for name, method in (("__eq__", equals), ("__hash__", hashed)):
        if name not in vars(kind):
            setattr(kind, name, method)
    return kind


def _key(names: list[str]) -> Callable[[object], Any]:
    """What two values have to have in common, in one call for all of it."""
    return attrgetter(*names) if names else lambda value: ()


@recursive_repr()
def _shown(self: Any) -> str:
    parts = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"
