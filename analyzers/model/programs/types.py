"""The types of Go values, and the functions that calls run, as far as declarations and names tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from analyzers.model.programs.function_index import FunctionIndex
from analyzers.model.programs.known_types import GIVE_ARGUMENT, GIVE_TYPE_ARGUMENT, result_of, unversioned
from analyzers.model.programs.package import Package, Site
from analyzers.parsers.go import Assignment, Call, Expression, Function, Parameter
from analyzers.parsers.go.expression import dotted, unwrapped

_MOST_STEPS = 8
_MOST_EMBEDDED = 4
"""How many structs a promoted method or field may lie below."""
_MOST_ARGUMENT = 200
_TYPE_ARGUMENT = re.compile(r"\[\s*\*?\s*(?:(\w+)\.)?(\w+)\s*\]")
_BUILT_IN = frozenset(
    {"any", "bool", "byte", "chan", "error", "float32", "float64", "func", "int", "int16", "int32", "int64"}
    | {"int8", "interface", "map", "rune", "string", "struct", "uint", "uint16", "uint32", "uint64", "uint8"}
)


class Types:
    """Types are written `net/http.Server`, own ones `example.com/app/server.Server`, slices with a `[]`.

    Pointers do not count. A value that an unknown library gives has the name of what gave it
    (`example.org/log.New`) for its type; one of which nothing is known has none.
    """

    def __init__(self, packages: Sequence[Package]) -> None:
        self._packages = {package.import_path: package for package in packages}
        self._indexes: dict[int, FunctionIndex] = {}
        self._functions: dict[int, Site[Function] | None] = {}

    def of(self, site: Site[Expression], steps: int = 0) -> str:
        """The type of an expression, empty where it cannot be told."""
        expression = unwrapped(site.node)
        if steps > _MOST_STEPS:
            return ""
        match expression.kind:
            case "composite":
                return self._named(expression.text, site.package)
            case "unary" if expression.text == "*":
                return self.of(site.of(expression.parts[0]), steps + 1)
            case "call":
                return next(iter(self._results(site.of(expression), steps)), "")
            case "name":
                return self._of_name(site.of(expression), steps)
            case "selector":
                return self._of_selector(site.of(expression), steps)
            case "other" if len(expression.parts) == 2:
                return self._of_brackets(site.of(expression), steps)
        return ""

    def index(self, function: Function) -> FunctionIndex:
        known = self._indexes.get(id(function))
        if known is None:
            known = self._indexes[id(function)] = FunctionIndex(function)
        return known

    def is_own(self, kind: str) -> bool:
        """Whether a type belongs to these packages."""
        return kind.removeprefix("[]").rpartition(".")[0] in self._packages

    def function(self, site: Site[Call]) -> Site[Function] | None:
        """The function or method of these packages that a call runs, where its name or type tells."""
        key = id(site.node)
        if key not in self._functions:
            self._functions[key] = None
            self._functions[key] = self._function(site)
        return self._functions[key]

    def value(self, site: Site[Expression]) -> Site[Function] | None:
        """The function that an expression stands for: `run`, `server.Run`, `s.handle`."""
        expression = site.node
        if expression.kind == "name":
            return self._plain(site, site.package, expression.text)
        if expression.kind != "selector":
            return None
        imported = self.imported(site, expression.parts[0])
        if imported:
            package = self._packages.get(imported)
            return self._in_package(package, expression.text) if package else None
        return self.method(self.of(site.of(expression.parts[0])), expression.text)

    def method(self, kind: str, name: str, depth: int = 0) -> Site[Function] | None:
        """A method of an own type, or of one that it embeds."""
        path, _, base = kind.rpartition(".")
        package = self._packages.get(path)
        if package is None:
            return None
        found = package.methods.get((base, name))
        if found is not None:
            return Site(package, *found, found[1])
        inner = (self.method(each, name, depth + 1) for each in self._embedded(package, base, depth))
        return next((site for site in inner if site), None)

    def field(self, kind: str, name: str, depth: int = 0) -> str:
        """The type of a struct's field."""
        path, _, base = kind.rpartition(".")
        package = self._packages.get(path)
        if package is None:
            return result_of(f"{kind}.{name}") if kind else ""
        struct = package.structs.get(base)
        own = (field.type for field in struct.fields if field.name == name) if struct else iter(())
        found = next(own, None)
        if found is not None:
            return self._named(found, package)
        inner = (self.field(each, name, depth + 1) for each in self._embedded(package, base, depth))
        return next(filter(None, inner), "")

    def embeds(self, kind: str, embedded: str) -> bool:
        """Whether an own struct embeds another type, and so has its methods."""
        path, _, base = kind.rpartition(".")
        package = self._packages.get(path)
        return package is not None and embedded in self._embedded(package, base, 0)

    def imported(self, site: Site[Expression], operand: Expression) -> str:
        """The import path that a name stands for, empty for a variable."""
        if operand.kind != "name":
            return ""
        found = (entry.path for entry in site.file.imports if entry.name == operand.text)
        path = next(found, "")
        return "" if path and self.index(site.function).declares(operand.text, operand.start) else path

    def _function(self, site: Site[Call]) -> Site[Function] | None:
        call = site.node
        if call.package:
            package = self._packages.get(call.package)
            return self._in_package(package, call.method) if package else None
        return self.value(site.of(call.function))

    def _plain(self, site: Site[Expression], package: Package, name: str) -> Site[Function] | None:
        if self.index(site.function).declares(name, site.node.start):
            return None
        return self._in_package(package, name)

    def _in_package(self, package: Package, name: str) -> Site[Function] | None:
        found = package.plain_functions.get(name)
        return Site(package, *found, found[1]) if found else None

    def _embedded(self, package: Package, base: str, depth: int) -> Iterator[str]:
        struct = package.structs.get(base) if depth < _MOST_EMBEDDED else None
        for field in struct.fields if struct else ():
            if field.is_embedded:
                yield self._named(field.type, package)

    def _named(self, kind: str, package: Package) -> str:
        """A type as a file of the package writes it."""
        plain = kind.replace("...", "[]").replace("*", "")
        base = plain.removeprefix("[]")
        if not base or "." in base or base in _BUILT_IN or "[" in base:
            return plain
        return f"{plain[: -len(base)]}{package.import_path}.{base}"

    def _of_name(self, site: Site[Expression], steps: int) -> str:
        name = site.node.text
        meaning = self.index(site.function).meaning(name, site.node.start)
        if isinstance(meaning, Parameter):
            return self._named(meaning.type, site.package)
        if meaning is not None:
            assignment, position = meaning
            return self._of_assignment(site.of(assignment), position, steps)
        return self._of_declared(site.package, name, steps)

    def _of_assignment(self, site: Site[Assignment], position: int, steps: int) -> str:
        assignment = site.node
        if assignment.operator == "range":
            ranged = self.of(site.of(assignment.values[0]), steps + 1) if assignment.values else ""
            return ranged.removeprefix("[]") if ranged.startswith("[]") and position == 1 else ""
        value = assignment.value_of(position)
        if is_type_alone(site):
            return self.written(site.of(assignment.values[0]))
        if value is not None:
            return self.of(site.of(value), steps + 1)
        several = unwrapped(assignment.values[0]) if assignment.values else None
        if several is None or several.kind != "call":
            return self.of(site.of(several), steps + 1) if several and not position else ""
        results = self._results(site.of(several), steps + 1)
        return results[position] if position < len(results) else ""

    def _of_declared(self, package: Package, name: str, steps: int) -> str:
        if name not in package.declarations:
            return ""
        path, declaration = package.declarations[name]
        if declaration.type:
            return self._named(declaration.type, package)
        home = package.initial.get(path)
        if declaration.value is None or home is None:
            return ""
        return self.of(Site(package, path, home, declaration.value), steps + 1)

    def _of_selector(self, site: Site[Expression], steps: int) -> str:
        operand, name = site.node.parts[0], site.node.text
        imported = self.imported(site, operand)
        package = self._packages.get(imported)
        if package is not None:
            return self._of_declared(package, name, steps)
        if imported:
            return result_of(f"{imported}.{name}")
        kind = self.of(site.of(operand), steps + 1)
        return self.field(kind, name) if kind else self._only_field(name)

    def _only_field(self, name: str) -> str:
        """The type of a field whose struct is not known, where all fields of that name have the same."""
        kinds = self._fields.get(name, frozenset())
        return next(iter(kinds)) if len(kinds) == 1 else ""

    @cached_property
    def _fields(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for package in self._packages.values():
            for file in package.files.values():
                for struct in file.structs:
                    for field in struct.fields:
                        found.setdefault(field.name, set()).add(self._named(field.type, package))
        return {name: frozenset(kinds) for name, kinds in found.items()}

    def _of_brackets(self, site: Site[Expression], steps: int) -> str:
        """`values[0]`, or `value.(Type)`."""
        first, second = site.node.parts
        if site.file.source[site.node.end - 1 : site.node.end] == b")":
            return self.written(site.of(second))
        kind = self.of(site.of(first), steps + 1)
        return kind.removeprefix("[]") if kind.startswith("[]") else ""

    def written(self, site: Site[Expression]) -> str:
        """A type that stands in the source."""
        plain = site.node
        while plain.kind == "unary" and plain.text == "*":
            plain = plain.parts[0]
        if plain.kind == "selector":
            imported = self.imported(site, plain.parts[0])
            return f"{imported}.{plain.text}" if imported else ""
        return self._named(plain.text, site.package) if dotted(plain) else ""

    def _results(self, site: Site[Expression], steps: int) -> tuple[str, ...]:
        """The types of what a call gives back."""
        expression = site.node
        call = self.index(site.function).call(expression)
        if call is None:
            return ()
        if call.callee == "new" and call.arguments:
            return (self.written(site.of(call.arguments[0])),)
        function = self.function(site.of(call))
        if function is not None:
            return tuple(self._named(kind, function.package) for kind in function.node.results)
        if call.package:
            return self._from_package(site.of(call), steps)
        receiver = call.receiver
        if receiver is None:
            return (self._named(call.callee, site.package),) if call.callee in site.package.structs else ()
        kind = self.of(site.of(receiver), steps + 1)
        return (result_of(f"{kind}.{call.method}"),) if kind and not self.is_own(kind) else ()

    def _from_package(self, site: Site[Call], steps: int) -> tuple[str, ...]:
        """A conversion to an own type, or what a library's function gives."""
        call = site.node
        package = self._packages.get(call.package)
        if package is not None:
            return (call.callee,) if call.method in package.structs else ()
        plain = unversioned(call.callee)
        if plain in GIVE_TYPE_ARGUMENT and (given := self.type_argument(site)):
            return (given,)
        if plain in GIVE_ARGUMENT and call.arguments:
            return (self.of(site.of(call.arguments[0]), steps + 1),)
        return (result_of(call.callee),)

    def type_argument(self, site: Site[Call]) -> str:
        """The one type that a call of a generic function names, `Config` in `ParseAs[Config]()`."""
        call = site.node
        after = site.file.source[call.function.end : min(call.end, call.function.end + _MOST_ARGUMENT)]
        match = _TYPE_ARGUMENT.match(after.decode("utf-8", "replace"))
        if match is None:
            return ""
        named = (entry.path for entry in site.file.imports if entry.name == match[1])
        path = next(named, "") if match[1] else site.package.import_path
        return f"{path}.{match[2]}" if path else ""


def is_type_alone(site: Site[Assignment]) -> bool:
    """`var x T`, without a value."""
    assignment = site.node
    if assignment.operator != "var" or len(assignment.values) != 1:
        return False
    between = site.file.source[assignment.targets[-1].end : assignment.values[0].start]
    return b"=" not in between
