"""The code of a program: who declares what, who calls whom, across files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.programs.call_graph import CallGraph
from analyzers.model.programs.package import Fits, Package, Site, Speaks, grouped
from analyzers.model.programs.reached import Reached
from analyzers.model.programs.types import Types
from analyzers.parsers.go import Assignment, Call, Function, GoFile, Literal, StructField
from analyzers.parsers.go.file import Placed
from analyzers.parsers.position import Span


class Code:
    """All packages of one program, and those of their functions that `main` may reach.

    Reach is judged by names alone and errs on the side of reaching.
    """

    def __init__(self, packages: Sequence[Package] = ()) -> None:
        self.packages = tuple(packages)
        self._callers: dict[int, Sequence[Site[Call]]] = {}

    @cached_property
    def by_path(self) -> Mapping[str, Package]:
        return {package.import_path: package for package in self.packages}

    @cached_property
    def reached(self) -> Sequence[tuple[Package, str, Function]]:
        """Every function that may run, in the order of packages and files."""
        waiting = [function for _, _, function in self._all if function.name in ("", "init", "main")]
        reached = {id(function) for function in waiting}
        known: set[str] = set()
        while waiting:
            for name in waiting.pop().names - known:
                known.add(name)
                fresh = [function for function in self._by_name.get(name, ()) if id(function) not in reached]
                reached.update(map(id, fresh))
                waiting.extend(fresh)
        return [entry for entry in self._all if id(entry[2]) in reached]

    @cached_property
    def _all(self) -> Sequence[tuple[Package, str, Function]]:
        return [
            (package, path, function) for package in self.packages for path, function in package.functions
        ]

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Function]]:
        """Functions by their own name, methods by their type's name, too."""
        by_name: dict[str, list[Function]] = defaultdict(list)
        for _, _, function in self._all:
            by_name[function.name].append(function)
            if function.receiver:
                by_name[function.receiver].append(function)
        return by_name

    @cached_property
    def _running(self) -> frozenset[int]:
        return frozenset(id(function) for _, _, function in self.reached)

    def named(self, names: AbstractSet[str]) -> Iterator[Site[Call]]:
        """Calls by the last name of what is called, in the order of packages and files."""
        for package in self.packages:
            for site in package.calls_named(frozenset(names)):
                if id(site.function) in self._running:
                    yield site

    def calls_that(self, fits: Fits, speaks: Speaks) -> Iterator[Site[Call]]:
        """Calls of which something holds; it must be a function of the call alone, for it is asked once.

        `speaks` is true of one of the identifiers in such a call: it saves a look at all others.
        """
        for package in self.packages:
            for site in package.calls_that(fits, speaks):
                if id(site.function) in self._running:
                    yield site

    def every_call(self) -> Iterator[Site[Call]]:
        """A program has tens of thousands: ask for what is meant where that will do."""
        return self.calls_in(lambda file: True)

    def calls_in(self, fits: Callable[[GoFile], bool]) -> Iterator[Site[Call]]:
        """Every call in the files of which something holds, their imports say."""
        for package, path, function in self.reached:
            if fits(package.files[path]):
                yield from (Site(package, path, function, call) for call in function.calls)

    @cached_property
    def _calls(self) -> Reached[Call]:
        return Reached(self.packages, Package.calls_of, self._running)

    @cached_property
    def _methods(self) -> Reached[Call]:
        return Reached(self.packages, Package.calls_of_method, self._running)

    @cached_property
    def _literals(self) -> Reached[Literal]:
        return Reached(self.packages, Package.literals_of, self._running)

    def calls(self, *callees: str) -> Iterator[Site[Call]]:
        """Calls of functions by their qualified name, as `database/sql.Open`."""
        for callee in callees:
            yield from self._calls.get(callee, ())

    def methods(self, *names: str) -> Iterator[Site[Call]]:
        """Calls of methods (and of the package's own functions) by name, whatever they are called on."""
        for name in names:
            yield from self._methods.get(name, ())

    def literals(self, *types: str) -> Iterator[Site[Literal]]:
        """Composite literals of a qualified type, as `net/http.Server`."""
        for name in types:
            yield from self._literals.get(name, ())

    @cached_property
    def assignments(self) -> Reached[Assignment]:
        """Assignments by the last name of each target: `Addr` for `srv.Addr = …`."""
        return Reached(self.packages, Package.assignments_to, self._running)

    @cached_property
    def fields(self) -> Mapping[str, Sequence[tuple[str, StructField]]]:
        """Struct fields by name, each with its struct's name."""
        return grouped(
            (field.name, (struct.name, field))
            for package in self.packages
            for file in package.files.values()
            for struct in file.structs
            for field in struct.fields
        )

    @cached_property
    def types(self) -> Types:
        return Types(self.packages)

    @cached_property
    def _graph(self) -> CallGraph:
        return CallGraph(self.packages, self.types)

    def imports(self, *beginnings: str) -> bool:
        """Whether a file of it imports a path that begins so."""
        return any(
            imported.path.startswith(beginnings)
            for package in self.packages
            for file in package.files.values()
            for imported in file.imports
        )

    def call_at(self, at: Location) -> Site[Call] | None:
        """The call that stands at a place."""
        return next(self.calls_at(at), None)

    def calls_at(self, at: Location) -> Iterator[Site[Call]]:
        """All that do: one may be the function that another one calls."""
        for package, path, function in self.reached:
            if path == at.path and _is_inside(at, package.files[path].span(function)):
                sites = (Site(package, path, function, call) for call in function.calls)
                yield from (site for site in sites if site.at == at)

    def function(self, site: Site[Call]) -> Site[Function] | None:
        """The function or method of this code that a call runs; None where that is not sure, or outside."""
        return self.types.function(site)

    def is_mentioned(self, function: Function) -> bool:
        """A function of another name that may run has its own; `main` and `init` need no mention."""
        return function.name in ("", "init", "main") or any(
            function.name in other.names for _, _, other in self.reached if other.name != function.name
        )

    def called(self, site: Site[Call]) -> Sequence[Site[Function]]:
        """Every function and method that a call may run: namesakes, too, where types do not tell."""
        return self._graph.called(site)

    def callers(self, site: Site[Placed]) -> Sequence[Site[Call]]:
        """The calls that may run the function or method around a place."""
        function = site.function
        key = id(function)
        if key not in self._callers:
            named = (*self._methods.get(function.name, ()), *self._imported_calls(site))
            self._callers[key] = [
                call for call in named if any(each.node is function for each in self.called(call))
            ]
        return self._callers[key]

    def _imported_calls(self, site: Site[Placed]) -> Sequence[Site[Call]]:
        return self._calls.get(f"{site.package.import_path}.{site.function.name}", ())

    def callees(self, site: Site[Placed]) -> Sequence[Site[Function]]:
        """The functions and methods that the function around a place runs or hands on, each once."""
        return self._graph.callees(site)

    def reached_from(self, site: Site[Placed]) -> Sequence[Site[Function]]:
        """The function around a place and all that it may lead to."""
        return self._graph.reached_from(site)

    def reaches(self, site: Site[Placed], other: Site[Placed]) -> bool:
        """Whether the function around a place is, or leads to, the one around another."""
        return any(each.function is other.function for each in self.reached_from(site))


def _is_inside(at: Location, span: Span) -> bool:
    return span.line <= at.line and at.span.end_line <= span.end_line
