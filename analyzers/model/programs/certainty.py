"""Whether a statement runs in every run of a program."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Literal, Scope

_OPEN = ("if", "else", "select", "case", "loop", "literal", "defer")
_MOST_DEPTH = 8


def always_runs(code: Code, site: Site[Call] | Site[Literal]) -> bool:
    """`main` leads there with no question, loop or callback on the way.

    A `return` before it does not count: `--version` ends a program early, too.
    """
    seen: set[int] = set()
    sites: list[Site[Call] | Site[Literal]] = [site]
    for _ in range(_MOST_DEPTH + 1):
        straight = [each for each in sites if is_straight(each.node.scope)]
        if any(map(_is_start, straight)):
            return True
        entered = {id(each.function): each for each in straight if id(each.function) not in seen}
        seen.update(entered)
        sites = [caller for each in entered.values() for caller in code.callers(each)]
    return False


def _is_start(site: Site[Call] | Site[Literal]) -> bool:
    function = site.function
    is_start = function.name in ("", "init") or (function.name == "main" and site.package.name == "main")
    return is_start and not function.receiver


def is_straight(scope: Scope, outer: Scope | None = None) -> bool:
    """Nothing decides whether a statement runs once its function, or the scope around it, does."""
    around: Scope | None = scope
    while around is not None and around is not outer:
        if around.kind in _OPEN:
            return False
        around = around.parent
    return True
