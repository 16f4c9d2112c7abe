"""What a Makefile sets and runs, as far as that is plain text: variables, and the lines of recipes.

https://www.gnu.org/software/make/manual/make.html#Makefile-Contents
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.light import light_value

_ASSIGNMENT = re.compile(
    r" *(?:export[ \t]+|override[ \t]+)?([A-Za-z_][\w.-]{0,100})[ \t]*(\?=|\+=|!=|:{1,3}=|=)(.*)", re.S
)
_OF_A_TARGET = re.compile(r"[^:=#\t][^:=#]{0,200}: *(?:export +)?([A-Za-z_][\w.-]{0,100})[ \t]*[?+:]?=")


_RULE = re.compile(r"([^\t#:=][^:=#]{0,1000}):{1,2}(?!=)([^:=#]{0,4000})(?:[#;]|$)", re.S)
_INCLUDE = re.compile(r"[-s]?include[ \t]+([^#]{1,1000})", re.S)


@light_value
class Rule:
    """Targets as written, what they need first, and the lines of their recipe by their numbers."""

    targets: tuple[str, ...]
    needs: tuple[str, ...]
    recipe: tuple[int, ...] = ()


@light_value
class Makefile:
    variables: Mapping[str, str | None]
    """As written; None for one that is set in several ways."""
    recipes: tuple[JoinedText, ...]
    """Each line of a recipe with its continuations, without the marks in front of it."""
    rules: tuple[Rule, ...] = ()
    """In reading order; a target may have several."""
    includes: tuple[str, ...] = ()
    """The files that it takes in, as written."""


def parse_makefile(text: str) -> Makefile:
    """Read a Makefile without evaluating anything: conditions, functions and includes are not followed."""
    variables: dict[str, str | None] = {}
    recipes: list[JoinedText] = []
    heads: list[tuple[re.Match[str], int]] = []
    includes: list[str] = []
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
        elif found := _RULE.match(joined.text):
            heads.append((found, len(recipes)))
        elif found := _INCLUDE.match(joined.text):
            includes += found[1].split()
    return Makefile(variables, tuple(recipes), tuple(_rules(heads, len(recipes))), tuple(includes))


def _rules(heads: Sequence[tuple[re.Match[str], int]], end: int) -> Iterator[Rule]:
    """Each rule with the lines that follow its head."""
    for at, (head, first) in enumerate(heads):
        last = heads[at + 1][1] if at + 1 < len(heads) else end
        yield Rule(tuple(head[1].split()), tuple(head[2].split()), tuple(range(first, last)))


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
