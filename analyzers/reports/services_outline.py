"""The service model in the few words a person needs to check it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from analyzers.finding import Location
from analyzers.model.image import Image, Stage
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.unlinked import Unlinked, find_unlinked
from analyzers.model.services.ways_in import WayIn
from analyzers.model.workload import Probe


@dataclass(frozen=True)
class Place:
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class ListenOutline:
    """`port` is None where it is not known; `variable` and `flag` decide it where they are given."""

    protocol: str
    port: int | None
    variable: str
    flag: str
    at: Place

    @property
    def source(self) -> str:
        """What decides the port when the program starts."""
        return self.variable or (f"-{self.flag}" if self.flag else "")


@dataclass(frozen=True)
class ProgramOutline:
    directory: str
    module: str
    go: str
    listens: tuple[ListenOutline, ...]
    listens_are_known: bool


@dataclass(frozen=True)
class BuildOutline:
    by: str
    at: Place


@dataclass(frozen=True)
class ImageOutline:
    """`builders` are what its build stages start from, `base` what its last one does.

    `bases` are the Dockerfiles of this repository that make any of these.
    """

    dockerfile: str
    context: str
    program_by: str
    is_started: bool
    builders: tuple[str, ...]
    base: str
    bases: tuple[str, ...]
    names: tuple[str, ...]
    builds: tuple[BuildOutline, ...]


@dataclass(frozen=True)
class JobOutline:
    name: str
    at: Place


@dataclass(frozen=True)
class ClusterServiceOutline:
    name: str
    overlay: str
    ports: tuple[str, ...]
    routes: tuple[str, ...]
    at: Place


@dataclass(frozen=True)
class WorkloadOutline:
    kind: str
    name: str
    namespace: str
    at: Place
    overlay: str
    container: str
    image: str
    by: str
    starts_program: bool
    replicas: int | None
    ports: tuple[int, ...]
    probes: tuple[str, ...]
    services: tuple[ClusterServiceOutline, ...]


@dataclass(frozen=True)
class ServiceOutline:
    """One program with every image of it, or one image whose program is not known."""

    name: str
    program: ProgramOutline | None
    images: tuple[ImageOutline, ...]
    jobs: tuple[JobOutline, ...]
    workloads: tuple[WorkloadOutline, ...]


@dataclass(frozen=True)
class UnlinkedOutline:
    kind: str
    name: str
    reason: str
    candidates: tuple[str, ...]
    at: Place


@dataclass(frozen=True)
class Outline:
    services: tuple[ServiceOutline, ...]
    unlinked: tuple[UnlinkedOutline, ...]

    def inside(self, places: Collection[str]) -> Outline:
        """What has a part in one of the files or folders; all of it where none is named."""
        if not places or "." in places:
            return self
        return Outline(
            tuple(each for each in self.services if any(lies_in(path, places) for path in _paths(each))),
            tuple(each for each in self.unlinked if lies_in(each.at.path, places)),
        )


def lies_in(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)


def _paths(service: ServiceOutline) -> Iterator[str]:
    if service.program:
        yield f"{service.program.directory}/"
    yield from (image.dockerfile for image in service.images)
    yield from (workload.at.path for workload in service.workloads)


def outline(repository: Repository) -> Outline:
    """The services, each with at least two linked parts, and what is linked to nothing."""
    groups: dict[str, list[Service]] = {}
    for service in repository.services:
        if service.deployed or (service.image and service.program):
            groups.setdefault(_key(service), []).append(service)
    return Outline(
        tuple(_service(group, repository) for group in groups.values()),
        tuple(_unlinked(found) for found in find_unlinked(repository)),
    )


def _key(service: Service) -> str:
    return f"program {service.program.directory}" if service.program else f"image {id(service.image)}"


def _service(group: list[Service], repository: Repository) -> ServiceOutline:
    first = group[0]
    jobs = {(job.path, job.name): job for service in group for job in service.jobs}
    return ServiceOutline(
        name=first.name,
        program=_program(first.program) if first.program else None,
        images=tuple(_image(service, service.image) for service in group if service.image),
        jobs=tuple(_job(job) for job in jobs.values()),
        workloads=tuple(
            _workload(item, service, repository) for service in group for item in service.deployed
        ),
    )


def _program(program: Program) -> ProgramOutline:
    go = program.module.go
    return ProgramOutline(
        directory=program.directory or ".",
        module=program.module.name,
        go=go.value or "" if go else "",
        listens=tuple(
            ListenOutline(each.protocol, each.port, each.variable, each.flag, _place(each.at))
            for each in program.listens
        ),
        listens_are_known=program.listens_are_known,
    )


def _image(service: Service, image: Image) -> ImageOutline:
    builders = dict.fromkeys(_base(stage.root) for stage in service.build_stages)
    return ImageOutline(
        dockerfile=image.path,
        context=image.context or ".",
        program_by=service.program_by or "",
        is_started=service.is_started,
        builders=tuple(builders),
        base=_base(image.final.root),
        bases=tuple(base.path for base in service.bases),
        names=service.image_names,
        builds=tuple(BuildOutline(build.by, _place(build.at)) for build in service.builds),
    )


def _base(stage: Stage) -> str:
    if stage.is_scratch:
        return "scratch"
    return stage.base.value.text if stage.base and stage.base.value else "?"


def _job(job: Job) -> JobOutline:
    return JobOutline(job.name, _place(job.at))


def _workload(item: Deployed, service: Service, repository: Repository) -> WorkloadOutline:
    workload, container = item.workload, item.container
    image = container.image
    return WorkloadOutline(
        kind=workload.kind,
        name=workload.name,
        namespace=workload.namespace,
        at=_place(workload.at),
        overlay=workload.overlay,
        container=container.name,
        image=(image.value.text if image.value else repository.text_at(image.at)) if image else "",
        by=item.by or "",
        starts_program=service.starts_in(container),
        replicas=workload.replicas.value if workload.replicas else None,
        ports=tuple(port.number for port in container.ports if port.number is not None),
        probes=tuple(
            f"{name} {_probe(probe)}"
            for name in ("readiness", "liveness", "startup")
            if (probe := getattr(container, name))
        ),
        services=tuple(
            ClusterServiceOutline(
                found.name,
                found.overlay,
                tuple(f"{_known(port.port)}->{_known(port.target)}" for port in found.ports),
                tuple(dict.fromkeys(_way_in(way) for way in repository.ways_in if way.service is found)),
                _place(found.at),
            )
            for found in item.cluster_services
        ),
    )


def _way_in(way: WayIn) -> str:
    """`HTTPRoute shop through :443 HTTPS`."""
    ports = dict.fromkeys(f":{_known(each.port)} {_known(each.protocol)}" for each in way.listeners)
    through = f" through {' '.join(ports)}" if ports else ""
    return f"{way.route.kind} {way.route.name or '?'}{through}"


def _probe(probe: Probe) -> str:
    port = f":{_known(probe.port.value)}" if probe.port else ""
    return f"{probe.kind}{port}{probe.path or ''}"


def _known(value: int | str | None) -> str:
    return "?" if value is None else str(value)


def _unlinked(found: Unlinked) -> UnlinkedOutline:
    return UnlinkedOutline(found.kind, found.name, found.reason, found.candidates, _place(found.at))


def _place(at: Location) -> Place:
    return Place(at.path, at.line)
