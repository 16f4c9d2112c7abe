"""Which standard library a module is built with: that of the image or job that builds it.

The `go` line of a go.mod is the least it asks for and says nothing about what is built with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from analyzers.finding import Location
from analyzers.model.command import Command
from analyzers.model.image import Image
from analyzers.model.images.build_arguments import may_be_given
from analyzers.model.module import Module, StandardLibrary
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.builds import (
    loading_runs,
    loads_module,
    module_of,
    module_of_step,
    module_stages,
)
from analyzers.model.modules.go_environment import environment_in_job, environment_in_stage
from analyzers.model.modules.go_release import is_floating, release_asked, release_of
from analyzers.model.pipeline import Job
from analyzers.model.service import Service
from analyzers.parsers import semver

_TOOLCHAIN = re.compile(r"go(1\.\d{1,3}\.\d{1,3}|1\.\d{1,3}(?:rc|beta)\d{1,2})")
_BUILDING = ("build", "install")
_STANDARD = "stdlib"
"""What the vulnerability database calls Go's own packages."""


def find_standard_libraries(
    services: Sequence[Service],
    modules: Sequence[Module],
    jobs: Sequence[Job],
    text_at: Callable[[Location], str],
) -> tuple[StandardLibrary, ...]:
    """One for each image that builds a module; for a module that no image builds, of its jobs or go.mod."""
    found: dict[tuple[str, Location], StandardLibrary] = {}
    built: set[str] = set()
    for service in services:
        module = module_of(service, modules)
        if service.image and module:
            built.add(module.path)
            for library in _of_image(service.image, module, jobs, text_at):
                found[module.path, library.at] = library
    for module in modules:
        if module.path not in built:
            libraries = list(_of_jobs(module, modules, jobs))
            for library in libraries or _of_toolchain(module, modules, jobs):
                found[module.path, library.at] = library
    return tuple(found.values())


def judged(libraries: Iterable[StandardLibrary], database: AdvisoryDatabase) -> tuple[StandardLibrary, ...]:
    """The same with what is known of each release. Raises as the database does."""
    return tuple(_judged(library, database) for library in libraries)


def _judged(library: StandardLibrary, database: AdvisoryDatabase) -> StandardLibrary:
    advisories, mended = database.examine(_STANDARD, _newest_of(library.release))
    return replace(library, advisories=advisories, mended_in=mended)


def _newest_of(release: str) -> str:
    """A version above every patch that the line of a floating tag has or will have."""
    return f"{release}.999" if is_floating(release) else release


def _of_image(
    image: Image, module: Module, jobs: Sequence[Job], text_at: Callable[[Location], str]
) -> Iterator[StandardLibrary]:
    for stage in module_stages(image, module):
        root = stage.root
        base = root.base.value if root.base else None
        release = release_of(base) if base else None
        _, first = next(loading_runs(stage))
        toolchain = environment_in_stage(stage, first).get("GOTOOLCHAIN", "local")
        is_given = may_be_given(text_at(root.base_at), jobs)
        if release and not is_given and toolchain == "local":
            yield StandardLibrary(module, release, root.base_at, "image")


def _of_jobs(module: Module, modules: Sequence[Module], jobs: Sequence[Job]) -> Iterator[StandardLibrary]:
    """What setup-go or its image gives a job that builds, unless go.mod asks for a newer toolchain.

    None where one of them has a Go that moves or is not known: the others may only try an old one.
    """
    found = []
    for job in jobs:
        command = next(_builds(job, module, modules), None)
        if command is not None:
            found.append(_of_job(job, command, module))
    yield from (library for library in found if library and None not in found)


def _of_job(job: Job, command: Command, module: Module) -> StandardLibrary | None:
    found = _go_of(job)
    if found is None:
        return None
    release, at, by = found
    toolchain = environment_in_job(job, command).get("GOTOOLCHAIN", "local" if by == "image" else "auto")
    if not release or is_floating(release) or toolchain not in ("auto", "local"):
        return None
    newer = _newest(release, module) if toolchain == "auto" else release
    return StandardLibrary(module, newer, at, by)


def _go_of(job: Job) -> tuple[str | None, Location, Literal["image", "job"]] | None:
    """The release that setup-go installs, or else that of the image a job runs in, and what says so."""
    if len(job.go_versions) == 1:
        asked = job.go_versions[0]
        return release_asked(asked.value or ""), asked.at, "job"
    if job.go_versions or job.image is None or job.image.value is None:
        return None
    return release_of(job.image.value), job.image.at, "image"


def _builds(job: Job, module: Module, modules: Sequence[Module]) -> Iterator[Command]:
    for step in job.steps:
        for command in step.commands:
            is_build = loads_module(command) and command.words[1] in _BUILDING
            if is_build and module_of_step(job, step, modules) is module:
                yield command


def _newest(release: str, module: Module) -> str:
    """The go command fetches the toolchain of go.mod where its own is older."""
    named = _release_of_toolchain(module)
    wanted, has = semver.key(named), semver.key(release)
    return named if wanted and has and wanted > has else release


def _of_toolchain(
    module: Module, modules: Sequence[Module], jobs: Sequence[Job]
) -> Iterator[StandardLibrary]:
    """The toolchain line, where nothing that builds the module is known."""
    release = _release_of_toolchain(module)
    if release and module.toolchain and not any(next(_builds(job, module, modules), None) for job in jobs):
        yield StandardLibrary(module, release, module.toolchain.at, "toolchain")


def _release_of_toolchain(module: Module) -> str:
    found = _TOOLCHAIN.match(module.toolchain.value or "") if module.toolchain else None
    return found[1] if found else ""
