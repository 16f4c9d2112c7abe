"""Build arguments as builds are given them: `NAME=value`, or `NAME` alone for the environment's value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analyzers.finding import Location
from analyzers.model.builds.interpolation import UNKNOWN, Lookup, interpolate, known
from analyzers.model.fact import Fact


def read_arguments(texts: Iterable[str], lookup: Lookup, at: Location) -> Mapping[str, Fact[str]]:
    """The arguments with the values that are known."""
    arguments: dict[str, Fact[str]] = {}
    for text in texts:
        name, equals, value = interpolate(text, lookup).partition("=")
        if name and UNKNOWN not in name:
            arguments[name] = Fact(known(value) if equals else lookup(name), at)
    return arguments
