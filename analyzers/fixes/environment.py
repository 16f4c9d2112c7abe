"""New values for environment variables, as the place that sets them writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.finding import Fix, Location
from analyzers.fixes.lines import delete_lines, insert_before
from analyzers.model.workload import Container, EnvVar


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
    """An entry of `env` with a value of its own, for the place of one that refers to something."""
    indent = " " * (variable.at.span.column - 1)
    return f"name: {variable.name}\n{indent}value: {value}"


def add_entry(container: Container, entry: Sequence[str]) -> Fix | None:
    """A variable's lines as first entry of `env`, or with an `env` of its own in front of `resources`."""
    if container.env:
        first = container.env[0].at
        is_block = first.line > container.places["env"].line
        return Fix((insert_before(first, *_indented(entry, first.span.column - 3)),)) if is_block else None
    resources, whole = container.places.get("resources"), container.whole
    if "env" in container.places or not resources or not whole or resources.line <= whole.line:
        return None
    indent = resources.span.column - 1
    return Fix((insert_before(resources, " " * indent + "env:", *_indented(entry, indent + 2)),))


def add_literal(container: Container, name: str, value: str, beside: Location) -> Fix | None:
    """A variable with a value that rests on what stands at another place; None where that is another file.

    A chart's values or an overlay may set the other for each installation, and the literal would stay behind.
    """
    fix = add_entry(container, (f"- name: {name}", f"  value: {value}"))
    return fix if fix and all(edit.path == beside.path for edit in fix.edits) else None


def _indented(entry: Sequence[str], indent: int) -> tuple[str, ...]:
    return tuple(" " * indent + line for line in entry)


def delete_entry(container: Container, variable: EnvVar, text: str) -> Fix | None:
    """Take a variable out, with `env` where nothing else is in it; None where its lines hold more."""
    lines, span = text.split("\n"), variable.at.span
    env = container.places.get("env")
    if env is None or env.path != variable.at.path or span.line <= env.line:
        return None
    if lines[span.line - 1][: span.column - 1].strip() != "-" or "{" in lines[span.line - 1]:
        return None
    return Fix((delete_lines(variable.at if len(container.env) > 1 else env),))
