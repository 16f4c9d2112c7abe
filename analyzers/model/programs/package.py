"""Go packages: what their files declare, and places in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from analyzers.finding import Location
from analyzers.parsers.go import Assignment, Call, Declaration, Function, GoFile, Literal, StructType
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.go.file import Placed
from analyzers.parsers.light import light_record, light_value

Node = TypeVar("Node", bound=Placed, covariant=True)
Part = TypeVar("Part", bound=Placed)
T = TypeVar("T")
Fits = Callable[[Call], object]
Speaks = Callable[[str], object]


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

    def naming(self, words: Iterable[str]) -> Sequence[tuple[str, Function]]:
        """The functions that hold one of these identifiers; all of them where it is ""."""
        places = {place for word in words for place in self.by_word.get(word, ())}
        return [self.functions[place] for place in sorted(places)]

    @cached_property
    def by_word(self) -> Mapping[str, Sequence[int]]:
        """The places in `functions` by each identifier in them."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, (_, function) in enumerate(self.functions):
            found[""].append(place)
            for word in function.names:
                found[word].append(place)
        return found

    @cached_property
    def _known(self) -> dict[object, Sequence[Site[Any]]]:
        return {}

    def _once(self, asked: object, find: Callable[[], Iterator[Site[Node]]]) -> Sequence[Site[Node]]:
        """What is found, once for all programs that ask for it."""
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = list(find())
        return known

    def calls_named(self, names: frozenset[str]) -> Sequence[Site[Call]]:
        """The calls by the last name of what is called."""
        return self._once(names, lambda: self._calls(names, lambda call: call.method in names))

    def calls_that(self, fits: Fits, speaks: Speaks) -> Sequence[Site[Call]]:
        """The calls of which something holds that no program decides, in functions with such a word."""
        return self._once(fits, lambda: self._calls(filter(speaks, self.by_word), fits))

    def _calls(self, words: Iterable[str], fits: Fits) -> Iterator[Site[Call]]:
        for path, function in self.naming(words):
            yield from (Site(self, path, function, call) for call in function.calls if fits(call))

    def calls_of(self, callee: str) -> Sequence[Site[Call]]:
        """The calls of a function by its qualified name."""
        return [site for site in self._named(callee.rpartition(".")[2]) if site.node.callee == callee]

    def calls_of_method(self, name: str) -> Sequence[Site[Call]]:
        """The calls of methods, and of the package's own functions, by name."""
        return [site for site in self._named(name) if not site.node.package]

    def _named(self, name: str) -> Sequence[Site[Call]]:
        return self._once(("call", name), lambda: self._calls((name,), lambda call: call.method == name))

    def literals_of(self, kind: str) -> Sequence[Site[Literal]]:
        """The composite literals of a qualified type."""
        return self._once(("literal", kind), lambda: self._literals(kind))

    def _literals(self, kind: str) -> Iterator[Site[Literal]]:
        for path, function in self.naming((kind.rpartition(".")[2],)):
            for literal in function.literals:
                if literal.type == kind:
                    yield Site(self, path, function, literal)

    def assignments_to(self, name: str) -> Sequence[Site[Assignment]]:
        """By the last name of a target: `Addr` for `srv.Addr = …`."""
        return self._once(("assignment", name), lambda: self._assignments(name))

    def _assignments(self, name: str) -> Iterator[Site[Assignment]]:
        for path, function in self.naming((name,)):
            for assignment in function.assignments:
                for target in assignment.targets:
                    if dotted(target).rpartition(".")[2] == name:
                        yield Site(self, path, function, assignment)


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
