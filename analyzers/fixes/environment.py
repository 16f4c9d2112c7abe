"""New values for environment variables, as the place that sets them writes them."""

from __future__ import annotations

import re

from analyzers.model.workload import EnvVar


def rewritten(name: str, old: str, text: str, new: str) -> str | None:
    """The text of a place with a new value; None where the old one is not written there as it is.

    A place holds the value alone (YAML, where digits want quotes) or `NAME=value`, in a Dockerfile's older
    form `NAME value`.
    """
    plain = text.strip().strip("\"'")
    if plain == old:
        return f'"{new}"' if new.isdigit() else new
    separated = re.fullmatch(rf"{re.escape(name)}(?:=|\s+)[\"']?{re.escape(old)}[\"']?", plain)
    return f"{name}={new}" if separated else None


def literal_entry(variable: EnvVar, value: str) -> str:
    """An entry of a container's `env` that has a value of its own, for the place of one that refers to something."""
    indent = " " * (variable.at.span.column - 1)
    return f"name: {variable.name}\n{indent}value: {value}"
