from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Location, Related
from analyzers.model.advisory import Advisory
from analyzers.model.module import Module, Requirement
from analyzers.model.modules.upgrades import as_requirement, highest_fix
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule

_MOST_NAMED = 3


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for module in repository.modules:
        vulnerable = [requirement for requirement in module.requirements if requirement.advisories]
        if vulnerable:
            imports = _imports(module, repository)
            for requirement in vulnerable:
                yield from _judge(requirement, imports)


def _imports(module: Module, repository: Repository) -> Mapping[str, Location]:
    """What the programs of a module import, and where."""
    programs = (program for program in repository.programs if program.module is module)
    return {path: at for program in programs for path, at in program.imports.items()}


def _judge(requirement: Requirement, imports: Mapping[str, Location]) -> Iterator[Problem]:
    fix = highest_fix(requirement.advisories)
    wanted = as_requirement(fix, _fetched(requirement), requirement.version)
    nearest, package = _nearest(requirement.advisories, imports)
    case = _case(requirement, bool(package), bool(imports), bool(fix))
    if case == "far-unfixed":
        return
    values = {"package": package, "partner": imports.get(package, ""), "summary": _summary(nearest)}
    yield Problem(
        (requirement.replaced_by and requirement.version_at) or requirement.at,
        values={**values, **_values(requirement, nearest, wanted or f"v{fix}")},
        related=(Related(imports[package], "imports an affected package"),) if package else (),
        replacements=_raise(requirement, wanted),
        evidence=_fetched(requirement),
        case=case,
    )


def _values(requirement: Requirement, nearest: Advisory, wanted: str) -> Mapping[str, object]:
    return {
        "module": _fetched(requirement),
        "version": requirement.version,
        "known": _count(requirement.advisories),
        "names": _names(nearest, requirement.advisories),
        "mended": f"{_mended(requirement.advisories)} in {wanted}",
        "wanted": wanted,
    }


def _fetched(requirement: Requirement) -> str:
    return requirement.replaced_by or requirement.path


def _case(requirement: Requirement, is_imported: bool, imports_are_known: bool, has_fix: bool) -> str:
    """How near the vulnerable code is, as far as imports tell."""
    if is_imported:
        return "" if has_fix else "imported-unfixed"
    spared = imports_are_known and all(advisory.packages for advisory in requirement.advisories)
    near = "far" if requirement.indirect or spared else "direct"
    return near if has_fix else f"{near}-unfixed"


def _nearest(advisories: Sequence[Advisory], imports: Mapping[str, Location]) -> tuple[Advisory, str]:
    """The newest advisory with a package that a program imports; or else the newest, and no package."""
    for advisory in reversed(advisories):
        for package in advisory.packages:
            if package in imports:
                return advisory, package
    return advisories[-1], ""


def _count(advisories: Sequence[Advisory]) -> str:
    return "a known vulnerability" if len(advisories) == 1 else f"{len(advisories)} known vulnerabilities"


def _mended(advisories: Sequence[Advisory]) -> str:
    fixed = sum(bool(advisory.fixed) for advisory in advisories)
    if fixed < len(advisories):
        return f"{fixed} of them fixed"
    return "fixed" if fixed == 1 else "all fixed"


def _names(first: Advisory, advisories: Sequence[Advisory]) -> str:
    """The telling one, then the newest of the others."""
    ids = [first.id, *(advisory.id for advisory in reversed(advisories) if advisory is not first)]
    rest = len(ids) - _MOST_NAMED
    return ", ".join(ids[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _summary(advisory: Advisory) -> str:
    words = advisory.summary.split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")


def _raise(requirement: Requirement, wanted: str | None) -> tuple[Replacement, ...]:
    at = requirement.version_at
    return (Replacement(at, wanted),) if at and wanted else ()
