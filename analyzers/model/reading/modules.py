"""Every Go module of a repository."""

from __future__ import annotations

from analyzers.model.module import Module
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.module_reader import read_module, with_advisories
from analyzers.model.scope import is_deployed
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.problem import Unreadable
from analyzers.sources import Sources


def read_modules(sources: Sources, advisories: AdvisoryDatabase | None) -> tuple[Module, ...]:
    """Every go.mod of what is deployed. A database that cannot be read is noted and done without."""
    modules = []
    for path in filter(_is_deployed_module, sources.paths):
        if parsed := sources.parse(path, parse_gomod):
            modules.append(read_module(path, parsed, sources.tree))
    return tuple(_advised(modules, sources, advisories))


def _advised(modules: list[Module], sources: Sources, advisories: AdvisoryDatabase | None) -> list[Module]:
    if advisories is None:
        return modules
    try:
        return [with_advisories(module, advisories) for module in modules]
    except (OSError, Unreadable) as problem:
        sources.remark(
            f"the Go vulnerability database could not be read ({problem}); modules were not checked"
        )
        return modules


def _is_deployed_module(path: str) -> bool:
    return path.rsplit("/", 1)[-1] == "go.mod" and is_deployed(path)
