"""What the walk has gathered so far, and how a function's share of it becomes a `Function`."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple, TypeVar

from analyzers.parsers.go.expression import Expression, dotted, unwrapped
from analyzers.parsers.go.facts import (
    Assignment,
    Call,
    Declaration,
    Function,
    Import,
    Jump,
    Literal,
    Parameter,
    Receive,
    Return,
    Select,
    Send,
    StructType,
)

T = TypeVar("T")
F = TypeVar("F", Call, Literal)
_place = attrgetter("expression.start")
_start = attrgetter("start")


class Signature(NamedTuple):
    """What a function's first line says."""

    name: str
    receiver: Parameter | None
    parameters: tuple[Parameter, ...]
    start: int
    end: int
    name_start: int
    name_end: int
    results: tuple[str, ...] = ()


class Body:
    """The facts of one function while it is read."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.literals: list[Literal] = []
        self.assignments: list[Assignment] = []
        self.receives: list[Receive] = []
        self.sends: list[Send] = []
        self.selects: list[Select] = []
        self.returns: list[Return] = []
        self.jumps: list[Jump] = []
        self.names: set[str] = set()
        self._assigned: dict[int, tuple[str, ...]] = {}
        """The names that a call or literal is assigned to, by the identity of its expression."""

    def assign(self, assignment: Assignment) -> None:
        self.assignments.append(assignment)
        targets, values = assignment.targets, assignment.values
        if len(values) == 1:
            self._remember(values[0], targets)
        elif len(values) == len(targets):
            for target, value in zip(targets, values, strict=True):
                self._remember(value, (target,))

    def _remember(self, value: Expression, targets: tuple[Expression, ...]) -> None:
        value = unwrapped(value)
        if value.kind in ("call", "composite"):
            self._assigned[id(value)] = tuple([dotted(target) for target in targets])

    def finish(self, signature: Signature) -> Function:
        receiver = signature.receiver
        return Function(
            name=signature.name,
            receiver=receiver.type.lstrip("*") if receiver else "",
            receiver_name=receiver.name if receiver else "",
            parameters=signature.parameters,
            start=signature.start,
            end=signature.end,
            name_start=signature.name_start,
            name_end=signature.name_end,
            calls=self._named(self.calls),
            literals=self._named(self.literals),
            assignments=_ordered(self.assignments),
            receives=_ordered(self.receives),
            sends=_ordered(self.sends),
            selects=_ordered(self.selects),
            returns=_ordered(self.returns),
            jumps=_ordered(self.jumps),
            results=signature.results,
            names=frozenset(self.names),
        )

    def _named(self, facts: list[F]) -> tuple[F, ...]:
        """Calls or literals in the order of the source, each with what it is assigned to."""
        if len(facts) > 1:
            facts.sort(key=_place)
        assigned = self._assigned
        if not assigned:
            return tuple(facts)
        places = [place for place, fact in enumerate(facts) if id(fact.expression) in assigned]
        for place in places:
            facts[place] = facts[place]._replace(names=assigned[id(facts[place].expression)])
        return tuple(facts)


class Collected:
    """The facts of one file while it is read."""

    def __init__(self) -> None:
        self.package = ""
        self.constraints: list[str] = []
        self.imports: list[Import] = []
        self.constants: list[Declaration] = []
        self.variables: list[Declaration] = []
        self.structs: list[StructType] = []
        self.functions: list[Function] = []
        self.texts: list[Expression] = []
        self.directives: dict[int, str] = {}
        """By byte offset."""
        self.is_generated = False
        self.is_partial = False
        self.partial_line: int | None = None
        self.limit = ""


def _ordered(facts: list[T]) -> tuple[T, ...]:
    if len(facts) > 1:
        facts.sort(key=_start)
    return tuple(facts)
