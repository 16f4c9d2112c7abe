"""A value read from a file, and where it stands."""

from __future__ import annotations

from typing import Generic, TypeVar

from analyzers.finding import Location
from analyzers.parsers.light import light_value

T = TypeVar("T")


@light_value
class Fact(Generic[T]):
    """What a file says. `value` is None where something is said that cannot be known here.

    A template, a variable without default or a reference that leaves the repository gives an
    unknown value; nothing said at all is no Fact (None). Rules are silent about the unknown.
    """

    value: T | None
    at: Location
