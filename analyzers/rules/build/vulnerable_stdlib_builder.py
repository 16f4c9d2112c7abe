from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Related
from analyzers.model.builds.purposes import is_aside_file
from analyzers.model.images.reference import read_reference
from analyzers.model.module import StandardLibrary
from analyzers.model.modules.exposure import count, mended, names, summary, use
from analyzers.model.modules.go_release import is_floating, raise_image
from analyzers.model.modules.usage import Usage
from analyzers.model.program import Program
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for library in repository.standard_libraries:
        if library.advisories and (library.by != "toolchain" or _ships(repository, library)):
            yield from _judge(repository, library)


def _ships(repository: Repository, library: StandardLibrary) -> bool:
    """The module has a program that is more than a tool of those who work on it."""
    own = (program for program in repository.programs if program.module is library.module)
    return any(not is_aside_file(f"{program.directory}/") for program in own)


def _programs(repository: Repository, library: StandardLibrary) -> Sequence[Program]:
    """Those of the image, or else all there are."""
    path = library.at.path
    services = (service for service in repository.services if service.image and service.image.path == path)
    return [service.program for service in services if service.program] or repository.programs


def _judge(repository: Repository, library: StandardLibrary) -> Iterator[Problem]:
    usage = Usage(library.module, _programs(repository, library))
    exposure = usage.exposure(library.advisories)
    wanted = library.mended_in
    if not wanted or (usage.is_known and exposure.reach == "far"):
        return
    yield Problem(
        library.at,
        values={
            "what": _what(repository, library),
            "release": library.release,
            "known": count(library.advisories),
            "mended": f"{mended(library.advisories)} in Go {wanted}",
            "partner": exposure.at or library.module.path,
            "use": use(exposure) if exposure.at else "may use one of the affected packages",
            "names": names(exposure.advisory, library.advisories),
            "summary": summary(exposure.advisory),
            "wanted": wanted,
        },
        related=(Related(exposure.at, "imports an affected package"),) if exposure.at else (),
        replacements=_raise(repository, library, wanted),
        evidence=library.module.path,
        case=_case(library, exposure.reach == "used"),
    )


def _what(repository: Repository, library: StandardLibrary) -> str:
    written = repository.text_at(library.at).strip("\"'").partition("@")[0]
    is_file = library.by == "job" and written.endswith((".mod", ".work", "go-version", "tool-versions"))
    return f"go-version-file: {written}" if is_file else written


def _case(library: StandardLibrary, is_used: bool) -> str:
    if is_floating(library.release):
        return "floating"
    return "toolchain" if library.by == "toolchain" else "" if is_used else "any"


def _raise(repository: Repository, library: StandardLibrary, wanted: str) -> tuple[Replacement, ...]:
    """The same text with the mended release, where that is written out and surely exists."""
    written = repository.text_at(library.at)
    if library.by != "image":
        is_plain = written.count(library.release) == 1
        raised = written.replace(library.release, wanted) if is_plain else None
    else:
        base = read_reference(image := written.strip("\"'"))
        raised = raise_image(base, wanted) if base else None
        raised = written.replace(image, raised) if raised else None
    return (Replacement(library.at, raised),) if raised else ()
