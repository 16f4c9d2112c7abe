"""Edits of Go source that leave it as gofmt would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from analyzers.finding import Edit
from analyzers.model.programs.function_index import FunctionIndex
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
    return add_imports(site, path)


def add_imports(site: Site[Placed], *paths: str) -> tuple[Edit, ...] | None:
    """Import several at once: the edits never share a line.

    None also where a variable hides what would be imported.
    """
    imports = {entry.path: entry.name for entry in site.file.imports}
    variables = FunctionIndex(site.function)
    if any(variables.declares(_name(path), site.node.start) for path in paths):
        return None
    if any(imports.get(path, _name(path)) != _name(path) for path in paths):
        return None
    if any(name == _name(path) and known != path for path in paths for known, name in imports.items()):
        return None
    missing = sorted(path for path in paths if path not in imports)
    if not missing:
        return ()
    group = _standard_group(site.file)
    if b"\r" in site.file.source:
        return None
    return _into_group(site, group, missing) if group else _into_block(site, missing)


def add_blank_import(site: Site[Placed], path: str) -> Edit | None:
    """Import a standard package for what it does on its own; None where its place cannot be told."""
    group = _standard_group(site.file)
    if not group or b"\r" in site.file.source:
        return None
    return _into_group(site, group, [path], "_ ")[0]


def _name(path: str) -> str:
    """What a package of the standard library is called."""
    return path.rpartition("/")[2]


def _into_group(
    site: Site[Placed], group: list[Import], paths: list[str], name: str = ""
) -> tuple[Edit, ...]:
    """Each in front of the first one that sorts behind it."""
    added: dict[int, list[str]] = {}
    for path in paths:
        before = [entry for entry in group if entry.path < path]
        line = site.file.span(before[-1]).line + 1 if before else site.file.span(group[0]).line
        added.setdefault(line, []).append(f'\t{name}"{path}"')
    return tuple(Edit(site.path, line, line - 1, "\n".join(lines)) for line, lines in added.items())


def _into_block(site: Site[Placed], paths: list[str]) -> tuple[Edit, ...] | None:
    """Around the one import of a file, where that is one of the standard library."""
    only = site.file.imports[0] if len(site.file.imports) == 1 else None
    if only is None or "." in only.path.partition("/")[0]:
        return None
    line = site.file.span(only).line
    if lines_of(site.file)[line - 1] != f'import "{only.path}"':
        return None
    listed = [f'\t"{path}"' for path in sorted((only.path, *paths))]
    return (Edit(site.path, line, line, "\n".join(("import (", *listed, ")"))),)


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


def replace_expression(site: Site[Placed], old: Expression, new: str) -> Edit | None:
    """Put another text in the place of an expression; None where it takes more than one line."""
    span = site.locate(old).span
    line = lines_of(site.file)[span.line - 1]
    if span.line != span.end_line or "\r" in line:
        return None
    return Edit(site.path, span.line, span.line, line[: span.column - 1] + new + line[span.end_column - 1 :])


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
