"""Whether a statement runs in every run of a program."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Literal, Scope

_OPEN = ("if", "else", "select", "case", "loop", "literal", "defer")


def always_runs(code: Code, site: Site[Call] | Site[Literal]) -> bool:
    """`main` leads there with no question, loop or callback on the way.

    A `return` before it does not count: `--version` ends a program early, too.
    """
    waiting: list[Site[Call] | Site[Literal]] = [site]
    seen: set[int] = set()
    while waiting:
        reached = waiting.pop()
        if is_straight(reached.node.scope) and id(reached.function) not in seen:
            if _is_start(reached):
                return True
            seen.add(id(reached.function))
            waiting += code.callers(reached)
    return False


def _is_start(site: Site[Call] | Site[Literal]) -> bool:
    function = site.function
    is_main = function.name == "main" and site.package.name == "main"
    return not function.receiver and (is_main or function.name in ("", "init"))


def is_straight(scope: Scope, outer: Scope | None = None) -> bool:
    """Nothing decides whether a statement runs once its function, or the scope around it, does."""
    around: Scope | None = scope
    while around is not None and around is not outer:
        if around.kind in _OPEN:
            return False
        around = around.parent
    return True
