from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.model.program import Program
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.pod_ports import is_alone, port_probes, probed_number, title_of
from analyzers.model.services.served_ports import served_ports
from analyzers.model.services.surrounding import Selected
from analyzers.model.workload import ClusterService, ServicePort
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    selected = Selected(repository.deployed)
    for service in repository.services:
        for deployed in service.running:
            if service.program and is_alone(deployed.workload):
                yield from _of(repository, selected, service, deployed)


def _of(
    repository: Repository, selected: Selected, service: Service, deployed: Deployed
) -> Iterator[Problem]:
    """Ports that are neither declared nor listened on. One that a probe asks is told at the probe."""
    program = service.program
    served = served_ports(program, deployed.container, service.image) if program else None
    container = deployed.container
    declared = {port.number for port in container.ports}
    if not program or not served or None in declared:
        return
    asked = {probed_number(probe, container) for _, probe in port_probes(container)}
    for selecting in deployed.cluster_services:
        behind = {id(item.workload) for item in selected.by(selecting)}
        if selecting.is_headless or len(behind) > 1:
            continue  # of several workloads another may have the port
        for port in selecting.ports:
            known = isinstance(port.target, int) and port.protocol == "TCP"
            if known and port.target not in served | declared | asked:
                yield _problem(repository, program, selecting, port, served)


def _problem(
    repository: Repository,
    program: Program,
    service: ClusterService,
    port: ServicePort,
    served: frozenset[int],
) -> Problem:
    listen = program.listens[0]
    return Problem(
        port.target_at or port.at.start,
        values={
            "service": title_of(service),
            "number": port.target,
            "program": program.name,
            "ports": " and ".join(map(str, sorted(served))),
            "partner": listen.at,
        },
        related=(Related(listen.at, "listens here"),),
        fix=None if port.target_at else _added(repository, port, served),
        replacements=(Replacement(port.target_at, str(min(served))),)
        if port.target_at and len(served) == 1
        else (),
        evidence=f"{service.name} {port.name or port.port}",
        case="" if port.target_at else "default",
    )


def _added(repository: Repository, port: ServicePort, served: frozenset[int]) -> Fix | None:
    """A `targetPort` below the other fields of the port."""
    if len(served) > 1 or repository.text_at(port.at).startswith("{"):
        return None
    span = port.at.span
    line = f"{' ' * (span.column - 1)}targetPort: {min(served)}"
    return Fix((Edit(port.at.path, span.end_line + 1, span.end_line, line),))
