"""What a Makefile sets and runs, as far as that is plain text: variables, and the lines of recipes.

https://www.gnu.org/software/make/manual/make.html#Makefile-Contents
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.light import light_value

_ASSIGNMENT = re.compile(
    r" *(?:export[ \t]+|override[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*(\?=|\+=|!=|:{1,3}=|=)(.*)", re.S
)
_OF_A_TARGET = re.compile(r"[^:=#\t][^:=#]{0,200}: *(?:export +)?([A-Za-z_][\w.-]{0,100})[ \t]*[?+:]?=")


@light_value
class Makefile:
    variables: Mapping[str, str | None]
    """As written; None for one that is set in several ways."""
    recipes: tuple[JoinedText, ...]
    """Each line of a recipe with its continuations, without the marks in front of it."""


def parse_makefile(text: str) -> Makefile:
    """Read a Makefile without evaluating anything: conditions, functions and includes are not followed."""
    variables: dict[str, str | None] = {}
    recipes: list[JoinedText] = []
    for pieces in _logical_lines(text):
        joined = JoinedText(pieces)
        if pieces[0].text.startswith("\t"):
            recipes.append(_without_marks(joined))
        elif found := _ASSIGNMENT.match(joined.text):
            value = found[3].partition(" #")[0].strip()
            is_plain = found[2] not in ("+=", "!=")
            if variables.setdefault(found[1], value if is_plain else None) != value:
                variables[found[1]] = None
        elif found := _OF_A_TARGET.match(joined.text):
            variables[found[1]] = None
    return Makefile(variables, tuple(recipes))


def _logical_lines(text: str) -> Iterator[list[Piece]]:
    pieces: list[Piece] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        body = line[:-1] if line.endswith("\\") else line
        pieces.append(Piece(body, number, 1))
        if body is line:
            yield pieces
            pieces = []
    if pieces:
        yield pieces


def _without_marks(line: JoinedText) -> JoinedText:
    """`@`, `-` and `+` steer make and are not for the shell."""
    return line.slice(len(line.text) - len(line.text.lstrip("\t @-+")))
