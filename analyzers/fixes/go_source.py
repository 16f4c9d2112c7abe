"""Edits of Go source that leave it as gofmt would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from analyzers.finding import Edit
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, GoFile, Import, Literal
from analyzers.parsers.go.file import Placed


def lines_of(file: GoFile) -> list[str]:
    return file.source.decode(errors="replace").split("\n")


def indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip("\t "))]


def keyed_lines(indent: str, fields: Sequence[tuple[str, str]]) -> list[str]:
    """Fields of a composite literal, one a line, their values in one column."""
    width = max(len(name) for name, _ in fields) + 1
    return [f"{indent}{(name + ':').ljust(width)} {value}," for name, value in fields]


def field_value(file: GoFile, expression: Expression) -> str | None:
    """An argument as gofmt writes it for a field: with spaces in sums. None where that takes more thought."""
    if expression.kind == "binary" and expression.text == "+":
        parts = [field_value(file, part) for part in expression.parts]
        return None if None in parts else " + ".join(filter(None, parts))
    text = file.text(expression)
    is_plain = "\n" not in text and not any(part.kind == "binary" for part in expression.walk())
    return text if is_plain else None


def add_import(site: Site[Placed], path: str) -> tuple[Edit, ...] | None:
    """Import a package of the standard library, if it is not yet; None where its place cannot be told."""
    present = next((entry for entry in site.file.imports if entry.path == path), None)
    if present is not None:
        return () if present.name == path.rpartition("/")[2] else None
    edit = _import_line(site, path, f'\t"{path}"')
    return (edit,) if edit else None


def add_blank_import(site: Site[Placed], path: str) -> Edit | None:
    """Import a standard package for what it does on its own; None where its place cannot be told."""
    return _import_line(site, path, f'\t_ "{path}"')


def _import_line(site: Site[Placed], path: str, line: str) -> Edit | None:
    group = _standard_group(site.file)
    if not group or b"\r" in site.file.source:
        return None
    before = [entry for entry in group if entry.path < path]
    number = site.file.span(before[-1]).line + 1 if before else site.file.span(group[0]).line
    return Edit(site.path, number, number - 1, line)


def _standard_group(file: GoFile) -> list[Import]:
    """The first lines of the import block that follow each other, where they are the standard library's."""
    lines = lines_of(file)
    listed = [entry for entry in file.imports if lines[file.span(entry).line - 1].startswith("\t")]
    if not listed:
        return []
    first = file.span(listed[0]).line
    group = [entry for offset, entry in enumerate(listed) if file.span(entry).line == first + offset]
    return [] if any("." in entry.path.partition("/")[0] for entry in group) else group


def add_field(site: Site[Literal], name: str, value: str) -> Edit | None:
    """Give a composite literal one field more; None where it is not written in a plain way."""
    if b"\r" in site.file.source:
        return None
    span = site.at.span
    if span.line == span.end_line:
        return _add_inline(site, f"{name}: {value}")
    parts = site.node.expression.parts
    if not parts or any(part.kind != "keyed" for part in parts):
        return None
    lines = lines_of(site.file)
    if lines[span.end_line - 1][: span.end_column - 1].strip() != "}":
        return None
    if not all(_ends_its_line(site, part, lines) for part in parts):
        return None
    return _add_line(site, parts, lines, (name, value))


def _add_inline(site: Site[Literal], field: str) -> Edit:
    span = site.at.span
    line = lines_of(site.file)[span.line - 1]
    closing = span.end_column - 2
    separator = ", " if site.node.expression.parts else ""
    return Edit(
        site.path, span.line, span.line, f"{line[:closing].rstrip()}{separator}{field}{line[closing:]}"
    )


def _add_line(
    site: Site[Literal], parts: Sequence[Expression], lines: Sequence[str], field: tuple[str, str]
) -> Edit:
    """Below the last field. gofmt aligns fields that follow each other and take one line each."""
    aligned = [*_aligned(site, parts)][::-1]
    last = site.locate(parts[-1]).span
    indent = indent_of(lines[site.locate(parts[-1]).line - 1])
    known = [(site.file.text(part.parts[0]), site.file.text(part.parts[1])) for part in aligned]
    start = last.end_line + 1 - len(aligned)
    return Edit(site.path, start, last.end_line, "\n".join(keyed_lines(indent, [*known, field])))


def _aligned(site: Site[Literal], parts: Sequence[Expression]) -> list[Expression]:
    """The last fields that take one line each and follow each other, from the last on."""
    end = site.locate(parts[-1]).span.end_line
    return [
        part
        for _, part in takewhile(
            lambda entry: (
                (site.locate(entry[1]).span.line, site.locate(entry[1]).span.end_line)
                == (end - entry[0], end - entry[0])
            ),
            enumerate(reversed(parts)),
        )
    ]


def _ends_its_line(site: Site[Literal], part: Expression, lines: Sequence[str]) -> bool:
    """A field that begins a line and has nothing but its comma behind."""
    span = site.locate(part).span
    line = lines[span.line - 1]
    return (
        not line[: span.column - 1].strip()
        and lines[span.end_line - 1][span.end_column - 1 :].rstrip() == ","
    )


def statement_lines(site: Site[Call]) -> tuple[str, str, str] | None:
    """The indentation, what stands before and what after a call on its one line; None where it has more.

    A line that opens a function or a case is none: a new line above it would stand outside.
    """
    span = site.at.span
    line = lines_of(site.file)[span.line - 1]
    before = line[: span.column - 1]
    is_statement = not any(word in before for word in ("func", "case ", "default:", "else", "{", "//"))
    if span.line != span.end_line or not is_statement or "\r" in line:
        return None
    return indent_of(line), before.lstrip("\t "), line[span.end_column - 1 :]
