"""The environment variables that a program asks for by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.filled_structs import Constant
from analyzers.model.programs.configuration.missing_values import MissingValues
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.package import Site
from analyzers.model.programs.readers import ENVIRONMENT, Reader, find_reader, parameter_index
from analyzers.parsers.go import Call, Expression
from analyzers.parsers.go.expression import dotted

_MOST_READS = 1000
_MOST_WORK = 5000
"""How many calls are looked at for the names that they hand on."""
_MOST_DEPTH = 3
_ENV_FILES = "github.com/joho/godotenv"


def find_environment_reads(code: Code, constant: Constant) -> list[ProgramSetting]:
    """Every read of a variable whose name is known, at the call that names it."""
    found = list(islice(_EnvironmentReads(code, constant).find(), _MOST_READS))
    unique = {(setting.at, setting.variables): setting for setting in found}
    files = (file for package in code.packages for file in package.files.values())
    if any(file.imports_path(_ENV_FILES) for file in files):
        return [replace(setting, is_overridable=True) for setting in unique.values()]
    return list(unique.values())


class _EnvironmentReads:
    def __init__(self, code: Code, constant: Constant) -> None:
        self._code = code
        self._constant = constant
        self._missing = MissingValues(constant)
        self._readers: dict[int, Reader | None] = {}
        self._work = 0

    def find(self) -> Iterator[ProgramSetting]:
        for site in self._code.calls(*ENVIRONMENT):
            if site.node.arguments:
                yield from self._reads(site, site.node.arguments[0], False, 0)

    def _reads(
        self, site: Site[Call], name: Expression, is_required: bool, depth: int
    ) -> Iterator[ProgramSetting]:
        """The read at a call; where the name is a parameter, one for each caller."""
        self._work += 1
        is_required = is_required or self._missing.ends_program(site)
        index = parameter_index(site.function, name.text) if name.kind == "name" else None
        if index is None:
            variable = self._constant(site.of(name))
            if variable:
                yield self._read(site, variable, is_required)
            return
        for caller in self._code.callers(site) if depth < _MOST_DEPTH else ():
            if self._work < _MOST_WORK and index < len(caller.node.arguments):
                yield from self._reads(caller, caller.node.arguments[index], is_required, depth + 1)

    def _read(self, site: Site[Call], variable: str, is_required: bool) -> ProgramSetting:
        return ProgramSetting(
            at=site.at,
            library="os",
            variables=(variable,),
            default=self._default(site),
            type="string",
            is_required=is_required,
            target=_target(site),
        )

    def _default(self, site: Site[Call]) -> str | None:
        """What the function that is called gives back for a variable that is not set."""
        function = self._code.function(site)
        reader = find_reader(self._code, function, self._readers) if function else None
        if function is None or reader is None or reader.default is None:
            return self._missing.fallback(site)
        default = reader.default
        index = parameter_index(function.node, default.text) if default.kind == "name" else None
        if index is None:
            return self._constant(function.of(default))
        arguments = site.node.arguments
        return self._constant(site.of(arguments[index])) if index < len(arguments) else None


def _target(site: Site[Call]) -> str:
    """The variable or field that takes the value."""
    if site.node.names:
        return site.node.names[0]
    around = (literal for literal in site.function.literals if literal.start < site.node.start < literal.end)
    for literal in islice(around, _MOST_DEPTH):
        for part in literal.expression.parts:
            if part.kind == "keyed" and part.parts[1].start <= site.node.start and site.node.end <= part.end:
                return f"{literal.type}.{part.text}"
    pointers = (part for part in site.node.arguments if part.kind == "unary" and part.text == "&")
    return next(map(dotted, pointers), "")
