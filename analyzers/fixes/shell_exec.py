"""Puts `exec` in front of the last command of a script, so that the program takes the shell's place."""

from __future__ import annotations

from analyzers.finding import Edit, Fix, Location
from analyzers.fixes.lines import replace_at
from analyzers.model.command import Command
from analyzers.model.command_reader import is_shell, read_commands
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

_SECONDS = 0.1


def exec_in_file(last: Command, source: str) -> Fix | None:
    """In a script file. None where the last command is more than one program with its arguments."""
    return Fix((_insert(source, last.at),)) if _is_simple(last) else None


def exec_in_text(text: str, at: Location, source: str) -> Fix | None:
    """In the text of `sh -c`, which stands as it is in one line of what `at` spans; else None."""
    try:
        pieces = [Piece(line, number, 1) for number, line in enumerate(text.splitlines(keepends=True), 1)]
        commands = read_commands(JoinedText(pieces), at.path, _SECONDS)
    except Unreadable:
        return None
    ends = [command for command in commands if command.is_last and not command.is_nested]
    if len(ends) != 1 or not _is_simple(ends[0]):
        return None
    span = ends[0].at.span
    line = text.splitlines()[span.line - 1]
    places = _places_of(line, at, source)
    return Fix((_insert(source, _shifted(places[0], span.column - 1)),)) if len(places) == 1 else None


def _is_simple(command: Command) -> bool:
    is_aside = command.is_subshell or command.function or command.is_nested or command.is_repeated
    return not (
        is_shell(command.name) or is_aside or command.assignments or command.is_exec or command.operator_after
    )


def _places_of(line: str, at: Location, source: str) -> list[Location]:
    """Where a line of the text stands among the lines of the file that hold it."""
    rows = source.split("\n")
    found = []
    for row in range(at.span.line, at.span.end_line + 1):
        column = rows[row - 1].find(line)
        while column >= 0:
            found.append(Location(at.path, Span(row, column + 1, row, column + 1)))
            column = rows[row - 1].find(line, column + 1)
    return found


def _shifted(at: Location, columns: int) -> Location:
    span = at.span
    return Location(at.path, Span(span.line, span.column + columns, span.line, span.column + columns))


def _insert(source: str, at: Location) -> Edit:
    return replace_at(source, at.start, "exec ")
