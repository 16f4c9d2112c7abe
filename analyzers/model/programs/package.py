"""Go packages, and the code of a program: who declares what, who calls whom, across files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from analyzers.finding import Location
from analyzers.parsers.go import (
    Assignment,
    Call,
    Declaration,
    Function,
    GoFile,
    Literal,
    StructField,
)
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.go.file import Placed

T = TypeVar("T")
Node = TypeVar("Node", bound=Placed, covariant=True)
Part = TypeVar("Part", bound=Placed)


@dataclass(frozen=True)
class Package:
    """The files of one folder that are built together. `import_path` is what others import it by."""

    directory: str
    import_path: str
    name: str
    files: Mapping[str, GoFile]

    @cached_property
    def declarations(self) -> Mapping[str, tuple[str, Declaration]]:
        """Constants and variables by name, each with its file's path."""
        return {
            declaration.name: (path, declaration)
            for path, file in self.files.items()
            for declaration in (*file.constants, *file.variables)
        }

    @cached_property
    def functions(self) -> Sequence[tuple[str, Function]]:
        return [(path, function) for path, file in self.files.items() for function in file.functions]

    @cached_property
    def plain_functions(self) -> Mapping[str, tuple[str, Function]]:
        """By name, methods left out."""
        return {function.name: (path, function) for path, function in self.functions if not function.receiver}

    @cached_property
    def initial(self) -> Mapping[str, Function]:
        """Per file, the values its package-level declarations start with."""
        return {path: function for path, function in self.functions if not function.name}


@dataclass(frozen=True, slots=True)
class Site(Generic[Node]):
    """A call, literal or expression together with where it stands."""

    package: Package
    path: str
    function: Function
    node: Node

    @property
    def file(self) -> GoFile:
        return self.package.files[self.path]

    @property
    def at(self) -> Location:
        return self.locate(self.node)

    def locate(self, part: Placed) -> Location:
        """Where a part of the same file stands."""
        return Location(self.path, self.file.span(part))

    def of(self, part: Part) -> Site[Part]:
        """A part of the same function."""
        return Site(self.package, self.path, self.function, part)


class Code:
    """All packages of one program, and those of their functions that `main` may reach.

    Reach is judged by names alone and errs on the side of reaching.
    """

    def __init__(self, packages: Sequence[Package] = ()) -> None:
        self.packages = tuple(packages)

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
    def every_call(self) -> Sequence[Site[Call]]:
        return [Site(*entry, call) for entry in self.reached for call in entry[2].calls]

    @cached_property
    def _calls(self) -> Mapping[str, Sequence[Site[Call]]]:
        return _grouped((site.node.callee, site) for site in self.every_call)

    @cached_property
    def _methods(self) -> Mapping[str, Sequence[Site[Call]]]:
        return _grouped((site.node.method, site) for site in self.every_call if not site.node.package)

    @cached_property
    def _literals(self) -> Mapping[str, Sequence[Site[Literal]]]:
        return _grouped(
            (literal.type, Site(*entry, literal)) for entry in self.reached for literal in entry[2].literals
        )

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
    def assignments(self) -> Mapping[str, Sequence[Site[Assignment]]]:
        """Assignments by the last name of each target: `Addr` for `srv.Addr = …`."""
        return _grouped(
            (dotted(target).rpartition(".")[2], Site(*entry, assignment))
            for entry in self.reached
            for assignment in entry[2].assignments
            for target in assignment.targets
        )

    @cached_property
    def fields(self) -> Mapping[str, Sequence[tuple[str, StructField]]]:
        """Struct fields by name, each with its struct's name."""
        return _grouped(
            (field.name, (struct.name, field))
            for package in self.packages
            for file in package.files.values()
            for struct in file.structs
            for field in struct.fields
        )

    def function(self, site: Site[Call]) -> Site[Function] | None:
        """The function of this code that a call runs; None for methods and for what lies outside."""
        call = site.node
        name = call.callee.rpartition(".")[2] if call.package else call.callee
        package = self.by_path.get(call.package) if call.package else site.package
        if package is None or name not in package.plain_functions:
            return None
        path, function = package.plain_functions[name]
        return Site(package, path, function, function)

    def callers(self, site: Site[Placed]) -> Sequence[Site[Call]]:
        """The calls that run a function or method, methods by name alone."""
        function = site.function
        if function.receiver:
            return self._methods.get(function.name, ())
        inside = (call for call in self._calls.get(function.name, ()) if call.package is site.package)
        return [*inside, *self._calls.get(f"{site.package.import_path}.{function.name}", ())]


def _grouped(pairs: Iterator[tuple[str, T]]) -> Mapping[str, Sequence[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for name, item in pairs:
        groups[name].append(item)
    return groups
