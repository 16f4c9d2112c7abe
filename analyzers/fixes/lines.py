"""Edits of whole lines, made from a file's text and a place in it."""

from __future__ import annotations

from analyzers.finding import Edit, Location


def replace_at(text: str, at: Location, new: str) -> Edit:
    """Put `new` where something stands; the rest of its lines stays."""
    lines = text.split("\n")
    before = lines[at.span.line - 1][: at.span.column - 1]
    after = lines[at.span.end_line - 1][at.span.end_column - 1 :]
    return Edit(at.path, at.span.line, at.span.end_line, f"{before}{new}{after}".rstrip("\r"))


def insert_before(at: Location, *lines: str) -> Edit:
    """New lines above the one where something begins."""
    return Edit(at.path, at.line, at.line - 1, "\n".join(lines))


def delete_lines(at: Location) -> Edit:
    """Take away every line of something that has its lines to itself."""
    return Edit(at.path, at.span.line, at.span.end_line, "")


def unquoted(written: str) -> str:
    """What a YAML scalar of one line says, its quotes taken off."""
    is_quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
    return written[1:-1] if is_quoted else written


def line_at(text: str, at: Location) -> str:
    """The line where something begins, without its end."""
    return text.split("\n")[at.line - 1].rstrip("\r")
