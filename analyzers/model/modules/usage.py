"""What programs name of the packages they import, and how near that brings known vulnerabilities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from analyzers.finding import Location
from analyzers.model.advisory import Advisory
from analyzers.model.module import Module
from analyzers.model.program import Program
from analyzers.model.programs.package import Package
from analyzers.parsers.go import GoFile
from analyzers.parsers.light import light_value


@light_value
class Exposure:
    """How near an advisory is to the code of a repository.

    `used`: it names an affected function, or imports a package that is affected as a whole. `imported`:
    it imports an affected package and names none of the functions. `inside`: what is affected belongs to
    a package that it imports, or may: only the module is known. `far` is all else.
    """

    advisory: Advisory
    reach: Literal["used", "imported", "inside", "far"]
    package: str = ""
    """What is imported, at `at`."""
    symbol: str = ""
    """The affected function it names."""
    at: Location | None = None


class Usage:
    """The imports of the programs of one module, and the names in their functions that may run."""

    def __init__(self, module: Module, programs: Iterable[Program]) -> None:
        self._module = module
        self._programs = [program for program in programs if program.module is module]

    @property
    def is_known(self) -> bool:
        """There is a program to look at."""
        return bool(self._programs)

    @cached_property
    def imports(self) -> Mapping[str, Location]:
        """What the programs import, and where first."""
        return {path: at for program in self._programs for path, at in program.imports.items()}

    @cached_property
    def _importers(self) -> Mapping[str, Sequence[tuple[Package, str]]]:
        """The files that import a path, each with its package."""
        packages = {package.directory: package for each in self._programs for package in each.packages}
        found: dict[str, list[tuple[Package, str]]] = defaultdict(list)
        for package in packages.values():
            for path, file in package.files.items():
                for imported in {each.path for each in file.imports}:
                    found[imported].append((package, path))
        return found

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        """Every name in the functions that may run, by file."""
        names: dict[str, set[str]] = defaultdict(set)
        for program in self._programs:
            for _, path, function in program.code.reached:
                names[path] |= function.names
        return names

    def exposure(self, advisories: Sequence[Advisory], module: str = "") -> Exposure:
        """The nearest of some advisories of a module, the newest first among equals."""
        found = [self._exposure(advisory, module) for advisory in reversed(advisories)]
        order = ("used", "inside", "imported", "far")
        return min(found, key=lambda exposure: order.index(exposure.reach))

    def _exposure(self, advisory: Advisory, module: str) -> Exposure:
        imported = [package for package in advisory.packages if package in self.imports]
        for package in imported:
            if package not in advisory.symbols:
                return Exposure(advisory, "used", package, "", self.imports[package])
            for symbol in advisory.symbols[package]:
                if at := self._use(package, symbol):
                    return Exposure(advisory, "used", package, symbol, at)
        if package := self._around(advisory, module):
            return Exposure(advisory, "inside", package, "", self.imports[package])
        if imported:
            return Exposure(advisory, "imported", imported[0], "", self.imports[imported[0]])
        return Exposure(advisory, "far")

    def _around(self, advisory: Advisory, module: str) -> str:
        """The imported package that all affected ones lie inside; any of the module where none are told."""
        if not advisory.packages:
            return next((path for path in self.imports if module and self._owner(path) == module), "")
        outer, *others = {package.partition("/internal/")[0] for package in advisory.packages}
        is_inside = not others and outer not in advisory.packages
        return outer if is_inside and outer in self.imports else ""

    def _owner(self, package: str) -> str:
        """The required module that a package is of: that of the longest path around it."""
        paths = (requirement.path for requirement in self._module.requirements)
        return max((path for path in paths if f"{package}/".startswith(f"{path}/")), key=len, default="")

    def _use(self, package: str, symbol: str) -> Location | None:
        """Where a file imports a package and names a function of it, or is beside one that names a method."""
        owner, _, name = symbol.rpartition(".")
        nearest = sorted(self._importers[package], key=lambda each: name not in self._names[each[1]])
        for own, path in nearest:
            file = own.files[path]
            if owner:
                is_named = any(name in self._names[other] for other in own.files)
                is_used = is_named or _makes(file, f"{package}.{owner}")
            else:
                is_used = name in self._names[path] and _names_function(file, package, name)
            if is_used:
                return self._import_place(file, path, package)
        return None

    @staticmethod
    def _import_place(file: GoFile, path: str, package: str) -> Location:
        return next(Location(path, file.span(each)) for each in file.imports if each.path == package)


def _names_function(file: GoFile, package: str, name: str) -> bool:
    """The function stands behind the package's name; where that is a wrong guess its own name is enough."""
    called = {each.name for each in file.imports if each.path == package}
    return any(_stands_behind(file.source, each, name) for each in called)


def _stands_behind(source: bytes, package: str, name: str) -> bool:
    if package == "_":
        return False
    found = set(re.findall(rb"\b" + re.escape(package.encode()) + rb"\.(\w+)", source))
    return not found or name.encode() in found


def _makes(file: GoFile, type_name: str) -> bool:
    name = type_name.rpartition(".")[2]
    literals = (literal for each in file.functions if name in each.names for literal in each.literals)
    return any(literal.type == type_name for literal in literals)
