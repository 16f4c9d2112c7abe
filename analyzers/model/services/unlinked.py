"""What belongs to no service, and why: for a person who checks the model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.image import Image
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.building import (
    MOST_TARGETS,
    build_stages,
    build_targets,
    is_golang,
    leaves_open,
    programs_at,
)
from analyzers.model.services.image_owners import KO, ImageOwners, Unit, import_path
from analyzers.model.services.linking import bare_service
from analyzers.model.services.program_index import ProgramIndex
from analyzers.parsers.light import light_value


@light_value
class Unlinked:
    """A part without the partner it should have. `candidates` are what may be meant, where several may."""

    kind: Literal["program", "image", "container", "build"]
    name: str
    at: Location
    reason: str
    candidates: tuple[str, ...] = ()


def find_unlinked(repository: Repository) -> Iterator[Unlinked]:
    """In reading order: programs, Dockerfiles, containers, builds."""
    yield from _programs(repository)
    yield from _images(repository)
    yield from _containers(repository)
    yield from _builds(repository)


def _programs(repository: Repository) -> Iterator[Unlinked]:
    by_ko = set(_built_by_ko(repository))
    left_out = _left_out(repository)
    for service in repository.services:
        program = service.program
        if program and not service.image and not service.deployed:
            reason = "no Dockerfile is known to build it"
            if import_path(program) in by_ko:
                reason = "ko builds it for a container's arguments, and no container runs it"
            elif program.directory in left_out:
                reason = f"{left_out[program.directory]} builds it, but its last stage does not hold it"
            elif service.jobs:
                reason = "a job builds it, but no image is known to hold it"
            yield Unlinked("program", program.directory or ".", program.at, reason)


def _built_by_ko(repository: Repository) -> Iterator[str]:
    """The packages whose images containers are given to start them later: `-nop-image ko://...`."""
    for item in repository.deployed:
        for word in (*(item.container.command or ()), *(item.container.args or ())):
            if word.startswith(KO):
                yield word.removeprefix(KO)


def _left_out(repository: Repository) -> dict[str, str]:
    """By folder, the Dockerfiles that build a program; what their images hold is not asked."""
    index = ProgramIndex(repository.programs)
    return {
        program.directory: image.path
        for image in repository.images
        for stage in build_stages(image)
        for target in islice(build_targets(stage, image.context), MOST_TARGETS)
        for program in programs_at(index, target.directory)
    }


def _images(repository: Repository) -> Iterator[Unlinked]:
    owned: dict[str, list[Service]] = {}
    for service in repository.services:
        if service.image:
            owned.setdefault(service.image.path, []).append(service)
    for image in repository.images:
        services = owned.get(image.path, [])
        programs = tuple(service.program.directory or "." for service in services if service.program)
        at = image.stages[0].at
        if len(programs) > 1 and not any(service.program and service.is_started for service in services):
            yield Unlinked("image", image.path, at, "which of its programs it starts is not told", programs)
        elif not programs:
            yield Unlinked("image", image.path, at, _why_no_program(image))


def _why_no_program(image: Image) -> str:
    if build_stages(image):
        is_open = any(map(leaves_open, build_stages(image)))
        return f"{'an argument decides what' if is_open else 'no program here is what'} its go build makes"
    return (
        "which program it holds is not told" if any(map(is_golang, image.stages)) else "no Go is built in it"
    )


def _containers(repository: Repository) -> Iterator[Unlinked]:
    held = {service.image.path for service in repository.services if service.image}
    others = [bare_service(image) for image in repository.images if image.path not in held]
    owners = ImageOwners([*repository.services, *others], repository.text_at)
    claimed = {
        (id(item.workload), id(item.container))
        for service in repository.services
        for item in service.deployed
    }
    for item in repository.deployed:
        if (id(item.workload), id(item.container)) not in claimed:
            yield _container(item, owners, repository)


def _container(item: Deployed, owners: ImageOwners, repository: Repository) -> Unlinked:
    image = item.container.image
    written = repository.text_at(image.at).strip().strip("\"'") if image else ""
    name = image.value.text if image and image.value else written
    units = owners.of_container(item.container).units
    if len(units) == 1 and not units[0][0].is_go:
        return Unlinked("container", name, item.container.at, f"{_titles(units)[0]} builds it, without Go")
    if units:
        return Unlinked("container", name, item.container.at, "several may be meant", _titles(units))
    known = image is not None and image.value is not None
    reason = "nothing here builds it" if known else "its image is not known" if image else "it names no image"
    return Unlinked("container", name, item.container.at, reason)


def _titles(units: tuple[Unit, ...]) -> tuple[str, ...]:
    return tuple(unit[0].image.path if unit[0].image else unit[0].name for unit in units)


def _builds(repository: Repository) -> Iterator[Unlinked]:
    """Builds of a Dockerfile that is not there; those that jobs ask for, of any that is not read."""
    dockerfiles = {image.path for image in repository.images}
    tree = repository.sources.tree
    for build in repository.builds:
        is_missing = build.dockerfile is not None and build.dockerfile not in tree
        if is_missing or (build.by == "pipeline" and build.dockerfile not in dockerfiles):
            yield Unlinked("build", ", ".join(build.names), build.at, _why_no_image(build, repository))


def _why_no_image(build: Build, repository: Repository) -> str:
    if build.dockerfile is None:
        return "which Dockerfile it builds is not known"
    exists = build.dockerfile in repository.sources.tree
    return f"{build.dockerfile} is left aside" if exists else f"there is no {build.dockerfile}"
