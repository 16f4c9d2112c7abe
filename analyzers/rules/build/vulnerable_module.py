from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.finding import Location, Related
from analyzers.model.advisory import Advisory
from analyzers.model.module import Requirement
from analyzers.model.modules.exposure import count, imports_of, mended, names, nearest, summary
from analyzers.model.modules.privacy import fetched_path
from analyzers.model.modules.upgrades import as_requirement
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for module in repository.modules:
        vulnerable = [requirement for requirement in module.requirements if requirement.advisories]
        if vulnerable:
            imports = imports_of(module, repository.programs)
            for requirement in vulnerable:
                yield from _judge(requirement, imports)


def _judge(requirement: Requirement, imports: Mapping[str, Location]) -> Iterator[Problem]:
    fix = requirement.mended_in
    wanted = as_requirement(fix, fetched_path(requirement), requirement.version)
    advisory, package = nearest(requirement.advisories, imports)
    case = _case(requirement, bool(package), bool(imports), bool(fix))
    if case == "far-unfixed":
        return
    values = {"package": package, "partner": imports.get(package, ""), "summary": summary(advisory)}
    yield Problem(
        (requirement.replaced_by and requirement.version_at) or requirement.at,
        values={**values, **_values(requirement, advisory, wanted or f"v{fix}")},
        related=(Related(imports[package], "imports an affected package"),) if package else (),
        replacements=_raise(requirement, wanted),
        evidence=fetched_path(requirement),
        case=case,
    )


def _values(requirement: Requirement, first: Advisory, wanted: str) -> Mapping[str, object]:
    return {
        "module": fetched_path(requirement),
        "version": requirement.version,
        "known": count(requirement.advisories),
        "names": names(first, requirement.advisories),
        "mended": f"{mended(requirement.advisories)} in {wanted}",
        "wanted": wanted,
    }


def _case(requirement: Requirement, is_imported: bool, imports_are_known: bool, has_fix: bool) -> str:
    """How near the vulnerable code is, as far as imports tell."""
    if is_imported:
        return "" if has_fix else "imported-unfixed"
    spared = imports_are_known and all(advisory.packages for advisory in requirement.advisories)
    near = "far" if requirement.indirect or spared else "direct"
    return near if has_fix else f"{near}-unfixed"


def _raise(requirement: Requirement, wanted: str | None) -> tuple[Replacement, ...]:
    at = requirement.version_at
    return (Replacement(at, wanted),) if at and wanted else ()
