"""Draws the lines between programs, images, pipelines and workloads. What is ambiguous is left unlinked."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analyzers.model.building import build_stages, program_of
from analyzers.model.image import Image
from analyzers.model.module import Module
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.program import Program
from analyzers.model.service import Deployed, Service
from analyzers.model.workload import Autoscaler, ClusterService, Container, Workload

_VERBS = frozenset({"server", "main", "app", "service", "api", "cmd", "src", "build", "docker", "deploy"})


def link(
    programs: Sequence[Program],
    images: Sequence[Image],
    pipelines: Sequence[Pipeline],
    modules: Sequence[Module],
    deployed: Sequence[Deployed],
    image_names: Mapping[str, Iterable[str]],
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
    drafts += [_draft(program, None, jobs) for program in programs if program not in built.values()]
    names = {id(draft): _names(draft, drafts, image_names) for draft in drafts}
    owners = [_owner(item.container, drafts, names) for item in deployed]
    return tuple(
        Service(
            **{
                **vars(draft),
                "deployed": tuple(
                    item for item, owner in zip(deployed, owners, strict=True) if owner is draft
                ),
            }
        )
        for draft in drafts
    )


def go_jobs(pipelines: Sequence[Pipeline], modules: Sequence[Module]) -> Mapping[str, tuple[Job, ...]]:
    """Jobs that run the go command, by the directory of the module they run it in; only where that is certain."""
    if len(modules) != 1:
        return {}
    running = [job for pipeline in pipelines for job in pipeline.jobs if runs_go(job)]
    return {modules[0].directory: tuple(running)}


def runs_go(job: Job) -> bool:
    return any(command.name == "go" for command in job.commands)


def surround(
    workloads: Sequence[Workload], services: Sequence[ClusterService], autoscalers: Sequence[Autoscaler]
) -> tuple[Deployed, ...]:
    """Every container with the Services that select its pod and the autoscaler that scales it."""
    return tuple(
        Deployed(workload, container, _selecting(workload, services), _scaling(workload, autoscalers))
        for workload in workloads
        for container in workload.containers
    )


def _draft(program: Program | None, image: Image | None, jobs: Mapping[str, tuple[Job, ...]]) -> Service:
    module = program.module if program else None
    return Service(
        name=_name(program, image),
        module=module,
        program=program,
        image=image,
        build_stages=build_stages(image) if image else (),
        jobs=jobs.get(module.directory, ()) if module else (),
        deployed=(),
    )


def _name(program: Program | None, image: Image | None) -> str:
    if program:
        return program.name
    folder = posixpath.basename(posixpath.dirname(image.path)) if image else ""
    return folder or "image"


def _names(
    draft: Service, drafts: Sequence[Service], image_names: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """The image names a service may be deployed under: full names that are built, and plain ones that tell it apart."""
    names: set[str] = set()
    if draft.program:
        names.update((draft.program.name, posixpath.basename(draft.program.directory)))
        if sum(other.module is draft.module for other in drafts) == 1 and draft.module:
            names.add(posixpath.basename(draft.module.name))
    if draft.image:
        names.update(image_names.get(draft.image.path, ()))
        names.add(posixpath.basename(posixpath.dirname(draft.image.path)))
    return frozenset(names - _VERBS - {""})


def _owner(
    container: Container, drafts: Sequence[Service], names: Mapping[int, frozenset[str]]
) -> Service | None:
    """The one service whose image a container runs."""
    reference = container.image.value if container.image else None
    if reference is None:
        return None
    for wanted in (reference.repository, reference.short_name):
        owners = [draft for draft in drafts if draft.image and wanted in names[id(draft)]]
        if len(owners) == 1:
            return owners[0]
        if owners:
            return None
    return None


def _selecting(workload: Workload, services: Sequence[ClusterService]) -> tuple[ClusterService, ...]:
    return tuple(
        service
        for service in services
        if service.selector
        and service.namespace == workload.namespace
        and service.selector.items() <= workload.labels.items()
    )


def _scaling(workload: Workload, autoscalers: Sequence[Autoscaler]) -> Autoscaler | None:
    found: dict[tuple[str, str, str], list[Autoscaler]] = defaultdict(list)
    for autoscaler in autoscalers:
        found[autoscaler.target_kind, autoscaler.target_name, autoscaler.namespace].append(autoscaler)
    matching = found[workload.kind, workload.name, workload.namespace]
    return matching[0] if len(matching) == 1 else None
