from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Location, Related
from analyzers.model.module import Module, Requirement
from analyzers.model.modules.exposure import count, listed, mended, names, summary, use
from analyzers.model.modules.privacy import fetched_path
from analyzers.model.modules.upgrades import as_requirement
from analyzers.model.modules.usage import Exposure, Usage
from analyzers.model.program import Program
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed_program
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for module in repository.modules:
        vulnerable = [requirement for requirement in module.requirements if requirement.advisories]
        if vulnerable and is_deployed_program(module.directory) and not _is_part(module, repository.programs):
            yield from _judge(module, vulnerable, Usage(module, repository.programs))


def _is_part(module: Module, programs: Sequence[Program]) -> bool:
    """Only programs of other modules are built with it: their go.mod has the last word."""
    own = any(program.module is module for program in programs)
    return not own and any(module.directory in program.module.local_modules.values() for program in programs)


def _judge(module: Module, vulnerable: Sequence[Requirement], usage: Usage) -> Iterator[Problem]:
    """Each that the programs use by itself; what is only in go.mod together."""
    far = []
    for requirement in vulnerable:
        exposure = usage.exposure(requirement.advisories, requirement.path)
        if exposure.reach in ("used", "inside"):
            yield _near(requirement, exposure)
        elif requirement.mended_in:
            far.append(requirement)
    if len(far) == 1:
        yield _single(far[0], usage.exposure(far[0].advisories))
    elif far:
        yield _together(module, far)


def _near(requirement: Requirement, exposure: Exposure) -> Problem:
    assert exposure.at
    has_fix = bool(requirement.mended_in)
    case = "" if exposure.reach == "used" else "inside"
    return Problem(
        _place(requirement),
        values={
            **_values(requirement, exposure),
            "partner": exposure.at,
            "use": use(exposure, requirement.path),
        },
        related=(Related(exposure.at, "imports an affected package" if not case else "imports it"),),
        replacements=_raise(requirement),
        evidence=fetched_path(requirement),
        case=case if has_fix else f"{case or 'used'}-unfixed",
    )


def _single(requirement: Requirement, exposure: Exposure) -> Problem:
    return Problem(
        _place(requirement),
        values=_values(requirement, exposure),
        replacements=_raise(requirement),
        evidence="far",
        case="far",
    )


def _together(module: Module, far: Sequence[Requirement]) -> Problem:
    upgrades = [(fetched_path(each), wanted) for each in far if (wanted := _wanted(each))]
    telling = sorted(far, key=lambda each: -len(each.advisories))
    return Problem(
        min(map(_place, far)),
        values={
            "number": len(far),
            "modules": listed([fetched_path(each) for each in telling]),
            "get": " ".join(f"{path}@{wanted}" for path, wanted in upgrades),
        },
        replacements=tuple(edit for each in far for edit in _raise(each)),
        evidence="far",
        case="several",
    )


def _values(requirement: Requirement, exposure: Exposure) -> Mapping[str, object]:
    wanted = _wanted(requirement) or f"v{requirement.mended_in}"
    return {
        "module": fetched_path(requirement),
        "version": requirement.version,
        "known": count(requirement.advisories),
        "names": names(exposure.advisory, requirement.advisories),
        "mended": f"{mended(requirement.advisories)} in {wanted}",
        "wanted": wanted,
        "summary": summary(exposure.advisory),
    }


def _place(requirement: Requirement) -> Location:
    return (requirement.replaced_by and requirement.version_at) or requirement.at


def _wanted(requirement: Requirement) -> str | None:
    fix = requirement.mended_in
    return as_requirement(fix, fetched_path(requirement), requirement.version)


def _raise(requirement: Requirement) -> tuple[Replacement, ...]:
    at, wanted = requirement.version_at, _wanted(requirement)
    return (Replacement(at, wanted),) if at and wanted else ()
