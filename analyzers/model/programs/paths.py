"""Paths that a program knows of without registering them: a middleware may answer by itself."""

from __future__ import annotations

from analyzers.model.program import Program


def speaks_of(program: Program, path: str) -> bool:
    """Whether a text of the program, other than in a registration, is or ends a path."""
    wanted = [f'{quote}{path}"'.encode() for quote in ('"', '"GET ')] + [f"`{path}`".encode()]
    registered = {
        (route.at.path, line)
        for route in program.routes
        for line in range(route.at.line, route.at.span.end_line + 1)
    }
    for package in program.packages:
        for name, file in package.files.items():
            if any(text in file.source for text in wanted):
                lines = file.source.split(b"\n")
                for number, line in enumerate(lines, 1):
                    if (name, number) not in registered and any(text in line for text in wanted):
                        return True
    return False
