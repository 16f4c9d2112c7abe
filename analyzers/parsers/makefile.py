"""What a Makefile sets and runs, as far as that is plain text: variables, rules, and the lines of recipes.

https://www.gnu.org/software/make/manual/make.html#Makefile-Contents
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.light import light_value

_ASSIGNMENT = re.compile(
    r" *(?:export[ \t]+|override[ \t]+)?([A-Za-z_.][\w.-]{0,100})[ \t]*(\?=|\+=|!=|:{1,3}=|=)(.*)", re.S
)
_OF_A_TARGET = re.compile(r"[^:=#\t][^:=#]{0,200}: *(?:export +)?([A-Za-z_][\w.-]{0,100})[ \t]*[?+:]?=")
_INCLUDE = re.compile(r"(?:-|s)?include[ \t]+([^#]{1,1000})")
_GOAL = ".DEFAULT_GOAL"


@light_value
class Rule:
    """How targets are made: what is made before, and the lines that are run. All as written.

    What `define` gives a name to has no target.
    """

    targets: tuple[str, ...]
    needs: tuple[str, ...]
    recipes: tuple[JoinedText, ...]


@light_value
class Makefile:
    variables: Mapping[str, str | None]
    """As written; None for one that is set in several ways."""
    recipes: tuple[JoinedText, ...]
    """Each line of a recipe with its continuations, without the marks in front of it."""
    rules: tuple[Rule, ...] = ()
    includes: tuple[str, ...] = ()
    """The files it takes in, as written."""

    @property
    def goal(self) -> str:
        """What is made where no target is named; empty where nothing is."""
        targets = (target for rule in self.rules for target in rule.targets)
        first = (target for target in targets if not target.startswith(".") and "%" not in target)
        return self.variables.get(_GOAL) or next(first, "")


def parse_makefile(text: str) -> Makefile:
    """Read a Makefile without evaluating anything: conditions, functions and includes are not followed."""
    variables: dict[str, str | None] = {}
    recipes: list[JoinedText] = []
    heads: list[tuple[str, str]] = []
    starts: list[int] = []
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
        elif found := _INCLUDE.match(joined.text):
            includes += found[1].split()
        elif head := _head(joined.text):
            heads.append(head)
            starts.append(len(recipes))
    ends = [*starts, len(recipes)][1:]
    rules = (
        Rule(tuple(targets.split()), tuple(needs.replace("|", " ").split()), tuple(recipes[start:end]))
        for (targets, needs), start, end in zip(heads, starts, ends, strict=True)
    )
    return Makefile(variables, tuple(recipes), tuple(rules), tuple(includes))


def _head(line: str) -> tuple[str, str] | None:
    """The targets of a line that begins a rule, and what they need."""
    if line.startswith(("define ", "override define ")):
        return "", ""
    targets, colon, needs = line.partition(":")
    if not colon or needs.startswith(("=", ":=", "::=")) or "#" in targets or "=" in targets:
        return None
    return targets.rstrip("& "), needs.removeprefix(":").partition(";")[0].partition("#")[0]


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
