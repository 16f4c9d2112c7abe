"""Lines added to mappings of a manifest that are written in block style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzers.finding import Edit, Location


def add_first(mapping: Location | None, owner: Location, field: str) -> Edit | None:
    """A field as the first of a mapping; None where it begins on its owner's line, as `{a: 1}` does."""
    if mapping is None or mapping.path != owner.path or mapping.line <= owner.line:
        return None
    return Edit(mapping.path, mapping.line, mapping.line - 1, _indented(mapping, field))


def add_last(mapping: Location | None, fields: Mapping[str, Location], lines: Sequence[str]) -> Edit | None:
    """Lines below the last field of a mapping; None where its fields do not stand below each other."""
    if mapping is None or any(
        (each.path, each.span.column) != (mapping.path, mapping.span.column) for each in fields.values()
    ):
        return None
    end = mapping.span.end_line
    return Edit(mapping.path, end + 1, end, "\n".join(_indented(mapping, line) for line in lines))


def _indented(mapping: Location, line: str) -> str:
    return f"{' ' * (mapping.span.column - 1)}{line}"
