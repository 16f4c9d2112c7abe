"""What a name in a Go function means, and which call an expression is."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from analyzers.parsers.go import Assignment, Call, Expression, Function, Parameter, Scope

_DECLARING = (":=", "var", "const", "range")


class FunctionIndex:
    """Looks up one function's variables and calls; what it has indexed is kept."""

    def __init__(self, function: Function) -> None:
        self._function = function

    def call(self, expression: Expression) -> Call | None:
        """The call that an expression is."""
        return self._calls.get((expression.start, expression.end))

    def meaning(self, name: str, place: int) -> tuple[Assignment, int] | Parameter | None:
        """What gave a variable its value before a place: the assignment with the target's index, or the
        function (or function literal) whose parameter it is. None for what the function does not declare."""
        assigned = self._last_assignment(name, place)
        literal = self.literal(name, place, assigned[0].start if assigned else -1)
        if literal is not None:
            return next(parameter for parameter in literal.parameters if parameter.name == name)
        return assigned or self._parameters.get(name)

    def literal(self, name: str, place: int, since: int = -1) -> Scope | None:
        """The innermost function literal around a place with such a parameter, begun after `since`."""
        around = (each for each in self._literals if since < each.start < place < each.end)
        return next(
            (each for each in around if any(parameter.name == name for parameter in each.parameters)), None
        )

    def taker(self, literal: Scope) -> Call | None:
        """The call that a function literal is handed to."""
        return self._takers.get(literal.start)

    def declares(self, name: str, place: int) -> bool:
        """Whether a name is a variable of the function there, and so neither a function nor a package."""
        return self.meaning(name, place) is not None

    def _last_assignment(self, name: str, place: int) -> tuple[Assignment, int] | None:
        for assignment, index in reversed(self._assignments.get(name, ())):
            scope = assignment.scope
            is_seen = assignment.operator == "=" or (
                assignment.operator in _DECLARING and scope.start <= place < scope.end
            )
            if assignment.end <= place and is_seen:
                return assignment, index
        return None

    @cached_property
    def _calls(self) -> dict[tuple[int, int], Call]:
        return {(call.start, call.end): call for call in self._function.calls}

    def is_receiver(self, expression: Expression) -> bool:
        """Whether a method is called on an expression."""
        return (expression.start, expression.end) in self._receivers

    @cached_property
    def _receivers(self) -> frozenset[tuple[int, int]]:
        receivers = (call.receiver for call in self._function.calls)
        return frozenset((each.start, each.end) for each in receivers if each is not None)

    @cached_property
    def _takers(self) -> dict[int, Call]:
        return {
            argument.start: call
            for call in self._function.calls
            for argument in call.arguments
            if argument.kind == "function"
        }

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        function = self._function
        own = {parameter.name: parameter for parameter in function.parameters}
        if function.receiver_name:
            own[function.receiver_name] = Parameter(function.receiver_name, function.receiver)
        return own

    @cached_property
    def _assignments(self) -> dict[str, list[tuple[Assignment, int]]]:
        """By variable; those of a file's initial values only where they stand in a function literal."""
        found: dict[str, list[tuple[Assignment, int]]] = defaultdict(list)
        for assignment in self._function.assignments:
            if assignment.scope.kind != "package":
                for index, target in enumerate(assignment.targets):
                    if target.kind == "name":
                        found[target.text].append((assignment, index))
        return found

    @cached_property
    def _literals(self) -> list[Scope]:
        """Function literals with parameters, the innermost first."""
        found: dict[int, Scope] = {}
        function = self._function
        scopes = [call.scope for call in function.calls]
        scopes += [fact.scope for fact in (*function.assignments, *function.returns)]
        for innermost in scopes:
            scope: Scope | None = innermost
            while scope is not None and scope.start not in found:
                if scope.kind == "literal":
                    found[scope.start] = scope
                scope = scope.parent
        return sorted(
            (scope for scope in found.values() if scope.parameters),
            key=lambda scope: scope.start,
            reverse=True,
        )
