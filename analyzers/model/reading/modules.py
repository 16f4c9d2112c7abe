"""Every Go module of a repository."""

from __future__ import annotations

from analyzers.model.module import Module
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.module_reader import read_module, with_advisories
from analyzers.model.modules.workspaces import joined_modules, read_workspace
from analyzers.model.scope import is_deployed
from analyzers.parsers import semver
from analyzers.parsers.gomod import parse_gomod
from analyzers.parsers.gosum import GoSum, parse_gosum
from analyzers.parsers.problem import Unreadable
from analyzers.sources import Sources


def read_modules(sources: Sources, advisories: AdvisoryDatabase | None) -> tuple[Module, ...]:
    """Every go.mod of what is deployed. A database that cannot be read is noted and done without."""
    modules = []
    for path in _named("go.mod", sources):
        if parsed := sources.parse(path, parse_gomod):
            modules.append(read_module(path, parsed, sources.tree, _sums(path, sources)))
    workspaces = [
        read_workspace(path, parsed)
        for path in _named("go.work", sources)
        if (parsed := sources.parse(path, parse_gomod))
    ]
    return tuple(_advised(joined_modules(modules, workspaces), sources, advisories))


def _sums(path: str, sources: Sources) -> GoSum | None:
    """The go.sum beside a go.mod, where it was selected for reading."""
    beside = sources.beside(path, "go.sum")
    return sources.parse(beside, parse_gosum) if sources.content(beside) is not None else None


def _advised(modules: list[Module], sources: Sources, advisories: AdvisoryDatabase | None) -> list[Module]:
    if advisories is None:
        return modules
    for module in modules:
        _remark_unknown(sources, module)
    try:
        return [with_advisories(module, advisories) for module in modules]
    except (OSError, Unreadable) as problem:
        remark_unread(sources, problem)
        return modules


def remark_unread(sources: Sources, problem: Exception) -> None:
    """Says that nothing was looked up in the vulnerability database."""
    sources.remark(f"the Go vulnerability database could not be read ({problem}); modules were not checked")


def _remark_unknown(sources: Sources, module: Module) -> None:
    """Versions that cannot be compared, such as a branch before `go mod tidy`, are taken for unaffected."""
    unknown = [each for each in module.requirements if not each.is_local and semver.key(each.version) is None]
    if unknown:
        first = f"`{unknown[0].path} {unknown[0].version}`"
        others = f" and {len(unknown) - 1} more" if unknown[1:] else ""
        reason = f"{first}{others}: no version, so not looked up in the vulnerability database"
        sources.remark(reason, module.path, unknown[0].at.line)


def _named(name: str, sources: Sources) -> list[str]:
    """The files of that name that belong to what is deployed."""
    return [path for path in sources.paths if path.rsplit("/", 1)[-1] == name and is_deployed(path)]
