"""Whether a statement runs in every run of a program."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Literal, Scope

_OPEN = ("if", "else", "select", "case", "loop", "literal", "defer")
_MOST_DEPTH = 8


def always_runs(code: Code, site: Site[Call] | Site[Literal], depth: int = 0) -> bool:
    """`main` leads there with no question, loop or callback on the way.

    A `return` before it does not count: `--version` ends a program early, too.
    """
    function = site.function
    if not is_straight(site.node.scope) or depth > _MOST_DEPTH:
        return False
    is_start = function.name in ("", "init") or (function.name == "main" and site.package.name == "main")
    if is_start and not function.receiver:
        return True
    return any(always_runs(code, caller, depth + 1) for caller in code.callers(site))


def is_straight(scope: Scope, outer: Scope | None = None) -> bool:
    """Nothing decides whether a statement runs once its function, or the scope around it, does."""
    around: Scope | None = scope
    while around is not None and around is not outer:
        if around.kind in _OPEN:
            return False
        around = around.parent
    return True
