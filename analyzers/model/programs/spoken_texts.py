"""Where the source of a program writes a text."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.program import Program
from analyzers.parsers.go import Expression


def speaks_of(program: Program, path: str) -> bool:
    """Whether a text of the program, other than in a registration, is a path: a middleware may answer it."""
    registered = {
        (route.at.path, line)
        for route in program.routes
        for line in range(route.at.line, route.at.span.end_line + 1)
    }
    return any((at.path, at.line) not in registered for at in find_text(program, path))


def find_text(program: Program, text: str) -> list[Location]:
    """The string literals that are this text."""
    found = []
    for literal in (f'"{text}"'.encode(), f"`{text}`".encode()):
        for package in program.packages:
            for path, file in package.files.items():
                start = file.source.find(literal)
                while start >= 0:
                    end = start + len(literal)
                    found.append(Location(path, file.span(Expression("string", text, (), start, end))))
                    start = file.source.find(literal, end)
    return found
