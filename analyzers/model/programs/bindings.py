"""What a Go name stands for: the expressions that are assigned to a variable or a field of a program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.model.programs.settings import BINDING_METHODS, FlagVariable, flag_for
from analyzers.parsers.go import Assignment, Call, Expression, Function, Literal, Scope
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

_MOST_CALLERS = 8
_TOLD = ("=", ":=", "var", "const", "+=")
"""Assignments whose outcome can be told."""
_DECLARING = (":=", "var", "const", "range")
_BRANCHES = ("if", "else", "case", "select", "loop", "literal", "go", "defer")


@light_value
class Binding:
    """A value that a name may have: None where it cannot be told.

    `branch` is the `if`, `case`, loop or function literal it is given in, if that is not around the place
    which asks. `is_added` where it comes on top of what the name had: `+=`.
    """

    value: Site[Expression] | None
    branch: Scope | None = None
    is_added: bool = False

    @property
    def is_conditional(self) -> bool:
        return self.branch is not None

    def is_other_than(self, earlier: Binding) -> bool:
        """Whether one of the two is given whatever happens: this one in the `else` of the other's `if`."""
        own, other = self.branch, earlier.branch
        if own is None or other is None or (own.kind, other.kind) != ("else", "if"):
            return False
        return own.condition is not None and own.condition is other.condition


class Bindings:
    """Looks names up in one program; what it has indexed is kept."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._local: dict[int, Mapping[str, Sequence[Assignment]]] = {}
        self._addressed: dict[int, Mapping[str, Sequence[tuple[Call, int]]]] = {}
        self._fields: dict[tuple[str, str], list[Binding]] = {}

    def local(self, site: Site[Expression]) -> list[Binding]:
        """What the function gave a variable before this place."""
        name, place = site.node.text, site.node.start
        if not site.function.name:
            return []
        earlier = (
            entry
            for entry in self._assignments(site.function).get(name, ())
            if entry.end <= place and _is_seen(entry, place)
        )
        return [_binding(site.of(entry), name, place) for entry in earlier]

    def _assignments(self, function: Function) -> Mapping[str, Sequence[Assignment]]:
        known = self._local.get(id(function))
        if known is None:
            by_name: dict[str, list[Assignment]] = defaultdict(list)
            for assignment in function.assignments:
                for target in assignment.targets:
                    if target.kind == "name":
                        by_name[target.text].append(assignment)
            known = self._local[id(function)] = by_name
        return known

    def addressed(self, site: Site[Expression]) -> list[tuple[Call, int]]:
        """The calls before this place that were given a variable's address, and as which argument."""
        known = self._addressed.get(id(site.function))
        if known is None:
            by_name: dict[str, list[tuple[Call, int]]] = defaultdict(list)
            for call in site.function.calls:
                for index, argument in enumerate(call.arguments):
                    if argument.kind == "unary" and argument.text == "&":
                        by_name[dotted(argument.parts[0])].append((call, index))
            known = self._addressed[id(site.function)] = by_name
        return [entry for entry in known.get(site.node.text, ()) if entry[0].end <= site.node.start]

    def parameter(self, site: Site[Expression], index: int) -> list[Binding]:
        """What the callers hand over; nothing where there are too many to tell."""
        callers = self._code.callers(site)
        if len(callers) > _MOST_CALLERS:
            return [Binding(None)]
        return [
            Binding(caller.of(caller.node.arguments[index]) if index < len(caller.node.arguments) else None)
            for caller in callers
        ]

    def declared(self, site: Site[Expression], name: str) -> list[Binding]:
        """The first value of a constant or variable of the package, and what functions give it later."""
        if name not in site.package.declarations:
            return []
        path, declaration = site.package.declarations[name]
        home = site.package.initial.get(path, site.function)
        found = []
        if declaration.value is not None:
            found.append(Binding(Site(site.package, path, home, declaration.value)))
        if not declaration.is_constant:
            found += [_binding(entry, name) for entry in self._later(site, name)]
        return found

    def _later(self, site: Site[Expression], name: str) -> Iterator[Site[Assignment]]:
        for entry in self._code.assignments.get(name, ()):
            is_plain = any(target.kind == "name" and target.text == name for target in entry.node.targets)
            if (
                is_plain
                and entry.package is site.package
                and entry.function.name
                and entry.node.operator not in (":=", "var", "const")
            ):
                yield entry

    def field(self, struct: str, name: str, package: str | None = None) -> list[Binding]:
        """What literals and assignments give a field of a struct, of one package's where that is told."""
        key = (struct if package is None else f"{package}.{struct}", name)
        known = self._fields.get(key)
        if known is None:
            known = self._fields[key] = self._find_field(struct, name, package)
        return known

    def _find_field(self, struct: str, name: str, package: str | None) -> list[Binding]:
        declaring = (each.import_path for each in self._code.packages if struct in each.structs)
        homes = frozenset(declaring if package is None else (package,))
        literals = [
            literal
            for kind in (struct, *(f"{home}.{struct}" for home in homes))
            for literal in self._code.literals(kind)
            if package is None or "." in kind or literal.package.import_path == package
        ]
        found = [
            Binding(literal.of(value))
            for literal in literals
            if (value := self._written(literal, struct, name)) is not None
        ]
        for entry in self._code.assignments.get(name, ()):
            targets = (target for target in entry.node.targets if dotted(target).endswith(f".{name}"))
            found += [
                _binding(entry, dotted(target))
                for target in targets
                if package is None or self._may_be_of(entry.of(target), struct, package)
            ]
        return found

    def _written(self, literal: Site[Literal], struct: str, name: str) -> Expression | None:
        """What a literal gives a field, by its name or by its place."""
        expression = literal.node.expression
        if not expression.parts or expression.parts[0].kind == "keyed":
            return expression.field(name)
        declared = self._code.by_path.get(literal.node.type.rpartition(".")[0], literal.package)
        found = declared.structs.get(struct)
        names = [field.name for field in found.fields] if found else []
        return expression.parts[names.index(name)] if name in names[: len(expression.parts)] else None

    def _may_be_of(self, target: Site[Expression], struct: str, package: str) -> bool:
        """Whether a field that is assigned to is one of the struct's. The unknown is, in its package."""
        kind = self._code.types.of(target.of(target.node.parts[0])) if target.node.parts else ""
        return kind == f"{package}.{struct}" if kind else target.package.import_path == package

    def flag(self, site: Site[Expression], target: str) -> tuple[FlagVariable, Site[Expression]] | None:
        """The flag that fills a variable, with its default. A target with a dot in front is a field."""
        for call, flag in self._flags.get(target.rpartition(".")[2], ()):
            is_variable = flag.target == target and call.package is site.package
            if is_variable or ("." in target and "." in flag.target):
                return flag, call.of(flag.default)
        return None

    @cached_property
    def _flags(self) -> Mapping[str, Sequence[tuple[Site[Call], FlagVariable]]]:
        """By the last name of the variable."""
        found: dict[str, list[tuple[Site[Call], FlagVariable]]] = defaultdict(list)
        for call in self._code.named(BINDING_METHODS):
            flag = flag_for(call.node.expression)
            if flag:
                found[flag.target.rpartition(".")[2]].append((call, flag))
        return found


def _is_seen(assignment: Assignment, place: int) -> bool:
    """A variable that is declared in a block is unknown outside it."""
    scope = assignment.scope
    return assignment.operator not in _DECLARING or scope.start <= place < scope.end


def _branch(scope: Scope | None, place: int) -> Scope | None:
    """The outermost of the scopes around an assignment that may not run, and are not around a place."""
    found = None
    while scope is not None:
        if scope.kind in _BRANCHES and not scope.start <= place < scope.end:
            found = scope
        scope = scope.parent
    return found


def _binding(entry: Site[Assignment], name: str, place: int = -1) -> Binding:
    """What an assignment gives one of its targets. The first of a call's results counts as its value."""
    assignment = entry.node
    index = next((at for at, target in enumerate(assignment.targets) if dotted(target) == name), 0)
    value = assignment.value_of(index)
    if value is None and index == 0 and len(assignment.values) == 1:
        value = assignment.values[0]
    if assignment.operator not in _TOLD or (value is not None and value.kind == "type"):
        value = None
    branch = _branch(assignment.scope, place)
    is_added = assignment.operator == "+="
    if is_added and assignment.scope.within("loop") is not None:
        value = None
    return Binding(None if value is None else entry.of(value), branch, is_added)
