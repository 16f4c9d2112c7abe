"""What has run before a statement, as far as the order of statements and the blocks around them tell."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.parsers.go import Call, Expression, Function, Receive, Scope


def is_detached(scope: Scope) -> bool:
    """Whether a statement runs in a goroutine or deferred, seen from the function (literal) it stands in."""
    around: Scope | None = scope
    while around is not None and around.kind not in ("function", "literal", "package"):
        if around.kind in ("go", "defer"):
            return True
        around = around.parent
    return False


def runs_first(first: Call | Receive, scope: Scope, start: int) -> bool:
    """Whether a call or receive is over whenever control gets to a place of the same function (literal)."""
    return (
        first.end <= start
        and first.scope.callable is scope.callable
        and scope.is_in(first.scope)
        and not is_detached(first.scope)
    )


def waits_between(function: Function, first: Call, then: Call) -> bool:
    """Whether a function (literal) waits for a channel or a group after one call and before another."""
    groups = (call for call in function.calls if call.method == "Wait")
    waits: list[Call | Receive] = [*function.receives, *groups]
    return any(
        first.end <= wait.start < then.start
        and wait.scope.callable is then.scope.callable
        and not is_detached(wait.scope)
        for wait in waits
    )


def levels(scope: Scope, start: int) -> Iterator[tuple[Scope, int]]:
    """A place, and those of the function literals around it, out to the function itself."""
    yield scope, start
    around = scope.callable
    while around.kind == "literal" and around.parent is not None:
        yield around.parent, around.start
        around = around.parent.callable


def goroutine_around(scope: Scope) -> Scope | None:
    """The innermost `go` statement around a place."""
    return scope.within("go")


def waits_before(function: Function, scope: Scope, start: int) -> Iterator[Receive]:
    """The channels waited for whenever control gets to a place: before it, or by the `case` around it."""
    for around, place in levels(scope, start):
        for receive in function.receives:
            if not receive.is_case and runs_first(receive, around, place):
                yield receive
        yield from _cases_around(function, around)


def _cases_around(function: Function, scope: Scope) -> Iterator[Receive]:
    conditions: set[int] = set()
    around: Scope | None = scope
    while around is not None and around.kind not in ("function", "literal", "package"):
        if around.kind == "case" and around.condition is not None:
            conditions.add(around.condition.end)
        around = around.parent
    if conditions:
        yield from (receive for receive in function.receives if receive.is_case and receive.end in conditions)


def is_on_error(scope: Scope) -> bool:
    """Whether a statement stands below a condition on an error."""
    around: Scope | None = scope
    while around is not None:
        if around.kind == "if" and around.condition is not None and asks_for_error(around.condition):
            return True
        around = around.parent
    return False


def asks_for_error(condition: Expression) -> bool:
    return any(part.kind == "name" and part.text.startswith("err") for part in condition.walk())
