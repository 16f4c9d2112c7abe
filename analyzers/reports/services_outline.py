"""The service model in the few words a person needs to check it."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.image import Image, Stage
from analyzers.model.manifests.meshes import injected_proxies
from analyzers.model.pipeline import Job
from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.unlinked import Unlinked, find_unlinked
from analyzers.model.services.ways_in import WayIn
from analyzers.model.workload import ClusterService, Probe
from analyzers.reports.services_parts import (
    BuildOutline,
    ClusterServiceOutline,
    ImageOutline,
    JobOutline,
    ListenOutline,
    Outline,
    Place,
    ProgramOutline,
    ServiceOutline,
    UnlinkedOutline,
    WorkloadOutline,
)


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
        images=tuple(_image(service, service.image, repository) for service in group if service.image),
        jobs=tuple(_job(job) for job in sorted(jobs.values(), key=lambda job: job.at)),
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
        may_listen_elsewhere=hides_listening(program.code),
    )


def _image(service: Service, image: Image, repository: Repository) -> ImageOutline:
    builders = dict.fromkeys(_base(stage.root, repository) for stage in service.build_stages)
    return ImageOutline(
        dockerfile=image.path,
        context=image.context or ".",
        program_by=service.program_by or "",
        is_started=service.is_started,
        builders=tuple(builders),
        base=_base(image.final.root, repository),
        bases=tuple(base.path for base in service.bases),
        names=service.image_names,
        builds=tuple(BuildOutline(build.by, _place(build.at)) for build in service.builds),
    )


def _base(stage: Stage, repository: Repository) -> str:
    """As it is written where a part of it is not known."""
    if stage.is_scratch:
        return "scratch"
    known = stage.base.value if stage.base else None
    return known.text if known else repository.text_at(stage.base_at)


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
        proxies=tuple(
            dict.fromkeys((*(each.proxy for each in workload.proxies), *injected_proxies(workload)))
        ),
        services=tuple(_front(found, repository) for found in item.cluster_services),
    )


def _front(service: ClusterService, repository: Repository) -> ClusterServiceOutline:
    return ClusterServiceOutline(
        name=service.name,
        overlay=service.overlay,
        ports=tuple(f"{_known(port.port)}->{_known(port.target)}" for port in service.ports),
        routes=tuple(dict.fromkeys(_way_in(way) for way in repository.ways_in if way.service is service)),
        at=_place(service.at),
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
