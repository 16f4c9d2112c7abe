"""What a program does where a variable of the environment is not set."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from analyzers.model.programs.certainty import is_straight
from analyzers.model.programs.configuration.filled_structs import Constant
from analyzers.model.programs.exits import ends_process
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Assignment, Call, Expression, Function, Scope
from analyzers.parsers.go.expression import dotted

_MOST_BRANCHES = 100
"""Of one function, that end the program or fall back."""


class MissingValues:
    """Looks at what follows the reads of one program; what each function has is kept."""

    def __init__(self, constant: Constant) -> None:
        self._constant = constant
        self._ends: dict[int, Sequence[Call]] = {}
        self._fallbacks: dict[int, Sequence[Assignment]] = {}

    def ends_program(self, site: Site[Call]) -> bool:
        """Whether the program ends where the value is empty: `if value == "" { log.Fatal(…) }`."""
        names = set(filter(None, site.node.names))
        return bool(names) and any(
            call.start > site.node.end
            and _is_missing(call.scope.condition, names)
            and call.scope.parent is not None
            and is_straight(call.scope.parent, _around(site.node.scope, call.scope.parent))
            for call in self._ends_of(site.function)
        )

    def fallback(self, site: Site[Call]) -> str | None:
        """What stands in for an empty value: `if port == "" { port = "80" }`, `cmp.Or(read, "80")`."""
        names = set(filter(None, site.node.names))
        for assignment in self._fallbacks_of(site.function) if names else ():
            is_later = assignment.start > site.node.end
            if is_later and names.intersection(map(dotted, assignment.targets)):
                is_told = _is_missing(assignment.scope.condition, names) and assignment.values
                return self._constant(site.of(assignment.values[0])) if is_told else None
        return None if names else self._beside(site)

    def _beside(self, site: Site[Call]) -> str | None:
        for call in site.function.calls:
            first = call.arguments[0] if call.callee == "cmp.Or" and len(call.arguments) == 2 else None
            if first is not None and first.start == site.node.start:
                return self._constant(site.of(call.arguments[1]))
        return None

    def _ends_of(self, function: Function) -> Sequence[Call]:
        known = self._ends.get(id(function))
        if known is None:
            calls = (call for call in function.calls if call.scope.kind == "if")
            found = (call for call in calls if call.callee == "panic" or ends_process(call))
            known = self._ends[id(function)] = list(islice(found, _MOST_BRANCHES))
        return known

    def _fallbacks_of(self, function: Function) -> Sequence[Assignment]:
        known = self._fallbacks.get(id(function))
        if known is None:
            found = (
                entry for entry in function.assignments if entry.operator == "=" and entry.scope.kind == "if"
            )
            known = self._fallbacks[id(function)] = list(islice(found, _MOST_BRANCHES))
        return known


def _around(scope: Scope, other: Scope) -> Scope | None:
    """The innermost scope that is around both."""
    around: Scope | None = other
    while around is not None and not scope.is_in(around):
        around = around.parent
    return around


def _is_missing(condition: Expression | None, names: set[str]) -> bool:
    """`value == ""`, `len(value) == 0`, `!ok`, also joined by `||`."""
    if condition is None:
        return False
    if condition.kind == "binary" and condition.text == "||":
        return any(_is_missing(part, names) for part in condition.parts)
    if condition.kind == "unary" and condition.text == "!":
        return dotted(condition.parts[0]) in names
    if condition.kind != "binary" or condition.text != "==":
        return False
    asked, nothing = condition.parts
    if asked.kind == "call" and asked.text == "len" and nothing.text == "0":
        return bool(asked.arguments) and dotted(asked.arguments[0]) in names
    return dotted(asked) in names and nothing.kind == "string" and not nothing.text
