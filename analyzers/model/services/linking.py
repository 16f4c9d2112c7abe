"""Draws the lines between programs, images, pipelines and workloads. What is ambiguous is left unlinked."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analyzers.model.image import Image, ImageRef
from analyzers.model.module import Module
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.program import Program
from analyzers.model.service import Deployed, Service
from analyzers.model.services.building import build_stages, program_of
from analyzers.model.services.naming import (
    display_name,
    names_of_dockerfile,
    names_of_module,
    names_of_program,
    spellings,
)
from analyzers.model.workload import Container


def link(
    programs: Sequence[Program],
    images: Sequence[Image],
    pipelines: Sequence[Pipeline],
    modules: Sequence[Module],
    deployed: Sequence[Deployed],
    image_names: Mapping[str, Collection[str]],
) -> tuple[Service, ...]:
    """Every service of a repository.

    `image_names` gives the names (`registry/repository`) under which each Dockerfile's image is
    known to be built, by the Dockerfile's path.
    """
    built = {image.path: program_of(image, programs) for image in images}
    jobs = go_jobs(pipelines, modules)
    drafts = [
        _draft(built[image.path], image, jobs) for image in images if built[image.path] or build_stages(image)
    ]
    names = [_names(draft, drafts, image_names) for draft in drafts]
    owners = [_owner(item.container, drafts, names) for item in deployed]
    services = [replace(draft, deployed=_owned(draft, deployed, owners)) for draft in drafts]
    found = {program.directory for program in built.values() if program}
    services += [_draft(program, None, jobs) for program in programs if program.directory not in found]
    return tuple(services)


def go_jobs(pipelines: Sequence[Pipeline], modules: Sequence[Module]) -> Mapping[str, tuple[Job, ...]]:
    """Jobs that run the go command, by the directory of their module; only where that is certain."""
    if len(modules) != 1:
        return {}
    running = [job for pipeline in pipelines for job in pipeline.jobs if runs_go(job)]
    return {modules[0].directory: tuple(running)}


def runs_go(job: Job) -> bool:
    return any(command.name == "go" for command in job.commands)


def _draft(program: Program | None, image: Image | None, jobs: Mapping[str, tuple[Job, ...]]) -> Service:
    module = program.module if program else None
    return Service(
        name=display_name(program, image),
        module=module,
        program=program,
        image=image,
        build_stages=build_stages(image) if image else (),
        jobs=jobs.get(module.directory, ()) if module else (),
        deployed=(),
    )


def _names(
    draft: Service, drafts: Sequence[Service], image_names: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """The names its image may be deployed under: full ones that are built, and plain ones."""
    names: set[str] = set()
    if draft.image:
        built = image_names.get(draft.image.path, ())
        names |= {*built, *map(posixpath.basename, built), *names_of_dockerfile(draft.image)}
    if draft.program:
        names |= names_of_program(draft.program)
    if draft.module and sum(other.module is draft.module for other in drafts) == 1:
        names |= names_of_module(draft.module)
    return frozenset(names)


def _owned(
    draft: Service, deployed: Sequence[Deployed], owners: Sequence[Service | None]
) -> tuple[Deployed, ...]:
    return tuple(item for item, owner in zip(deployed, owners, strict=True) if owner is draft)


def _owner(
    container: Container, drafts: Sequence[Service], names: Sequence[frozenset[str]]
) -> Service | None:
    """The one service whose image a container runs, under the name it is given here or by an overlay."""
    facts = (container.image, *container.overlay_images)
    references = [fact.value for fact in facts if fact and fact.value]
    found = {id(owner): owner for reference in references if (owner := _named(reference, drafts, names))}
    return next(iter(found.values())) if len(found) == 1 else None


def _named(reference: ImageRef, drafts: Sequence[Service], names: Sequence[frozenset[str]]) -> Service | None:
    for wanted in (reference.repository, reference.short_name):
        owners = [draft for draft, own in zip(drafts, names, strict=True) if wanted in own]
        if owners:
            return owners[0] if len(owners) == 1 else None
    return _alike(reference.short_name, drafts, names)


def _alike(image: str, drafts: Sequence[Service], names: Sequence[frozenset[str]]) -> Service | None:
    """The one service with nearly the image's name."""
    for wanted in spellings(image):
        pairs = zip(drafts, names, strict=True)
        owners = [draft for draft, own in pairs if any(name.replace("_", "-") == wanted for name in own)]
        if owners:
            return owners[0] if len(owners) == 1 else None
    return None
