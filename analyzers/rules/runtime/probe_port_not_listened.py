from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.model.program import Program
from analyzers.model.service import Deployed, Service
from analyzers.model.services.served_ports import served_ports
from analyzers.model.workload import Container, Probe
from analyzers.rule import Problem, Replacement, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    for deployed in service.running:
        if service.program is None or not _is_alone(deployed):
            continue
        ports = served_ports(service.program, deployed.container, service.image)
        for name, probe in _probes(deployed.container) if ports else ():
            number = _number(probe, deployed.container)
            if ports and number is not None and number not in ports:
                yield _problem(service.program, deployed, name, probe, number, ports)


def _is_alone(deployed: Deployed) -> bool:
    """Containers of a pod share their ports: a neighbour may be the one that listens."""
    workload = deployed.workload
    starters = any(container.ports for container in workload.init_containers)
    return workload.is_complete and len(workload.containers) == 1 and not starters


def _probes(container: Container) -> Iterator[tuple[str, Probe]]:
    named = {
        "readiness": container.readiness,
        "liveness": container.liveness,
        "startup": container.startup,
    }
    for name, probe in named.items():
        if probe and probe.kind in ("http", "tcp", "grpc"):
            yield name, probe


def _number(probe: Probe, container: Container) -> int | None:
    value = probe.port.value if probe.port else None
    if isinstance(value, str):
        return next((port.number for port in container.ports if port.name == value), None)
    return value


def _problem(
    program: Program, deployed: Deployed, name: str, probe: Probe, number: int, ports: frozenset[int]
) -> Problem:
    assert probe.port
    listen = program.listens[0]
    is_literal = probe.port.value == number
    replacement = Replacement(probe.port.at, str(min(ports)))
    return Problem(
        probe.port.at,
        values={
            "probe": name,
            "number": number,
            "program": program.name,
            "ports": " and ".join(map(str, sorted(ports))),
            "partner": listen.at,
        },
        related=(Related(listen.at, "listens here"), *_named_port(probe, deployed.container)),
        replacements=(replacement,) if is_literal and len(ports) == 1 else (),
        evidence=f"{deployed.workload.kind} {deployed.workload.name} {deployed.container.name} {name}",
    )


def _named_port(probe: Probe, container: Container) -> Iterator[Related]:
    named = (port.at for port in container.ports if probe.port and port.name == probe.port.value)
    place: Location | None = next(named, None)
    if place:
        yield Related(place, "the port of that name")
