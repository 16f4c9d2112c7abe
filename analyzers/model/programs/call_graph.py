"""Who calls whom inside a program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from analyzers.model.programs.package import Package, Site
from analyzers.model.programs.types import Types
from analyzers.parsers.go import Call, Expression, Function
from analyzers.parsers.go.file import Placed

_MOST_NAMESAKES = 20
"""A method name that more types have says nothing about who is called."""


class CallGraph:
    """Methods are told by the type of what they are called on; by name and arguments where that is not known,
    or is an interface. What is handed on as a value counts as called by who hands it on."""

    def __init__(self, packages: Sequence[Package], types: Types) -> None:
        self._packages = packages
        self._types = types
        self._called: dict[int, Sequence[Site[Function]]] = {}
        self._callees: dict[int, Sequence[Site[Function]]] = {}

    def called(self, site: Site[Call]) -> Sequence[Site[Function]]:
        """What a call may run."""
        known = self._called.get(id(site.node))
        if known is None:
            sure = self._types.function(site)
            known = self._called[id(site.node)] = [sure] if sure else self._namesakes(site)
        return known

    def callees(self, site: Site[Placed]) -> Sequence[Site[Function]]:
        """The functions and methods that the function around a place may run, each once."""
        known = self._callees.get(id(site.function))
        if known is None:
            found = {id(each.node): each for each in self._find_callees(site)}
            known = self._callees[id(site.function)] = list(found.values())
        return known

    def reached_from(self, site: Site[Placed]) -> Sequence[Site[Function]]:
        """The function around a place and all that it may lead to, nearest first.

        `main` leads to every `init` of the program, too.
        """
        start = site.of(site.function)
        waiting = [start, *(self._initial if site.function.name == "main" else ())]
        reached = {id(each.node) for each in waiting}
        for function in waiting:
            for callee in self.callees(function):
                if id(callee.node) not in reached:
                    reached.add(id(callee.node))
                    waiting.append(callee)
        return waiting

    def _find_callees(self, site: Site[Placed]) -> Iterator[Site[Function]]:
        function = site.function
        for call in function.calls:
            yield from self.called(site.of(call))
        for value in _handed_on(function):
            handed = self._types.value(site.of(value))
            if handed is not None:
                yield handed
        if function.name:
            yield from self._through_variables(site)

    def _through_variables(self, site: Site[Placed]) -> Iterator[Site[Function]]:
        """What the package's variables that a function names hold: `&cobra.Command{RunE: serve}`."""
        package = site.package
        for name in package.declarations.keys() & site.function.names:
            path, declaration = package.declarations[name]
            home = package.initial.get(path)
            if declaration.value is not None and home is not None and not declaration.is_constant:
                for part in declaration.value.walk():
                    if part.kind in ("name", "selector"):
                        handed = self._types.value(Site(package, path, home, part))
                        if handed is not None:
                            yield handed

    def _namesakes(self, site: Site[Call]) -> Sequence[Site[Function]]:
        """Methods of that name with room for the arguments, unless the receiver is none of ours."""
        receiver = site.node.receiver
        if receiver is None:
            return ()
        kind = self._types.of(site.of(receiver))
        if kind and not self._types.is_own(kind):
            return ()
        named = self._methods.get(site.node.method, ())
        fitting = (each for each in named if _takes(each.node, site.node))
        few = list(islice(fitting, _MOST_NAMESAKES + 1))
        return few if len(few) <= _MOST_NAMESAKES else ()

    @cached_property
    def _methods(self) -> Mapping[str, Sequence[Site[Function]]]:
        found: dict[str, list[Site[Function]]] = defaultdict(list)
        for package in self._packages:
            for path, function in package.functions:
                if function.receiver:
                    found[function.name].append(Site(package, path, function, function))
        return found

    @cached_property
    def _initial(self) -> Sequence[Site[Function]]:
        return [
            Site(package, path, function, function)
            for package in self._packages
            for path, function in package.functions
            if function.name == "init" and not function.receiver
        ]


def _handed_on(function: Function) -> Iterator[Expression]:
    """Names that stand where a function could be given away."""
    for call in function.calls:
        yield from (argument for argument in call.arguments if argument.kind in ("name", "selector"))
    for literal in function.literals:
        for part in literal.expression.parts:
            value = part.parts[1] if part.kind == "keyed" else part
            if value.kind in ("name", "selector"):
                yield value
    for values in (
        *(entry.values for entry in function.assignments),
        *(entry.values for entry in function.returns),
    ):
        yield from (value for value in values if value.kind in ("name", "selector"))


def _takes(function: Function, call: Call) -> bool:
    given = len(call.arguments)
    parameters = function.parameters
    if any(argument.kind == "other" and argument.text == "..." for argument in call.arguments):
        return True
    if parameters and parameters[-1].type.startswith("..."):
        return given >= len(parameters) - 1
    return given == len(parameters) or (given == 1 and call.arguments[0].kind == "call")
