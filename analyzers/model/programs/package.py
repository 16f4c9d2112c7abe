"""Go packages: what their files declare, and places in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from analyzers.finding import Location
from analyzers.parsers.go import Assignment, Call, Declaration, Function, GoFile, Literal, StructType
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.go.file import Placed
from analyzers.parsers.light import light_record, light_value

Node = TypeVar("Node", bound=Placed, covariant=True)
Part = TypeVar("Part", bound=Placed)
T = TypeVar("T")
Fits = Callable[[Call], object]


@light_record
class Package:
    """The files of one folder that are built together. `import_path` is what others import it by.

    What is gathered here is gathered once, for all programs that the package is part of.
    """

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
    def methods(self) -> Mapping[tuple[str, str], tuple[str, Function]]:
        """By the name of their type and their own."""
        return {
            (function.receiver, function.name): (path, function)
            for path, function in self.functions
            if function.receiver
        }

    @cached_property
    def structs(self) -> Mapping[str, StructType]:
        return {struct.name: struct for file in self.files.values() for struct in file.structs if struct.name}

    @cached_property
    def initial(self) -> Mapping[str, Function]:
        """Per file, the values its package-level declarations start with."""
        return {path: function for path, function in self.functions if not function.name}

    @cached_property
    def calls(self) -> Sequence[Site[Call]]:
        """Every call in its functions."""
        return [
            Site(self, path, function, call) for path, function in self.functions for call in function.calls
        ]

    @cached_property
    def places_by_name(self) -> Mapping[str, Sequence[int]]:
        """The places in `calls` by the last name of what is called."""
        return grouped((site.node.method, place) for place, site in enumerate(self.calls))

    @cached_property
    def _fitting(self) -> dict[Fits, Sequence[Site[Call]]]:
        return {}

    def calls_that(self, fits: Fits) -> Sequence[Site[Call]]:
        """The calls of which something holds that no program decides."""
        known = self._fitting.get(fits)
        if known is None:
            known = self._fitting[fits] = [site for site in self.calls if fits(site.node)]
        return known

    @cached_property
    def calls_by_callee(self) -> Mapping[str, Sequence[Site[Call]]]:
        return grouped((site.node.callee, site) for site in self.calls)

    @cached_property
    def calls_by_method(self) -> Mapping[str, Sequence[Site[Call]]]:
        named = (
            (name, (self.calls[place] for place in places)) for name, places in self.places_by_name.items()
        )
        own = ((name, [site for site in sites if not site.node.package]) for name, sites in named)
        return {name: sites for name, sites in own if sites}

    @cached_property
    def literals_by_type(self) -> Mapping[str, Sequence[Site[Literal]]]:
        return grouped(
            (literal.type, Site(self, path, function, literal))
            for path, function in self.functions
            for literal in function.literals
        )

    @cached_property
    def assignments_by_target(self) -> Mapping[str, Sequence[Site[Assignment]]]:
        """By the last name of each target: `Addr` for `srv.Addr = …`."""
        return grouped(
            (dotted(target).rpartition(".")[2], Site(self, path, function, assignment))
            for path, function in self.functions
            for assignment in function.assignments
            for target in assignment.targets
        )


@light_value
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


def grouped(pairs: Iterator[tuple[str, T]]) -> Mapping[str, Sequence[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for name, item in pairs:
        groups[name].append(item)
    return groups
