from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.finding import Fix, Related
from analyzers.fixes.manifest_fields import add_last
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.bought_in import is_bought_in
from analyzers.model.services.crowds import crowd_of
from analyzers.model.services.health import HealthAddress, find_health_address
from analyzers.model.services.originals import originals
from analyzers.model.services.pod_ports import is_joined, number_of, shown, title_of
from analyzers.model.workload import ClusterService, Container, ServicePort
from analyzers.rule import Problem, rule

INNER = re.compile("metric|prometheus|pprof|profiling|probe")
SERVING = ("Deployment", "StatefulSet", "Rollout")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for deployed in originals(repository, repository.deployed):
        workload, container = deployed.workload, deployed.container
        if workload.kind not in SERVING or container.readiness:
            continue
        if not workload.is_complete or not container.is_complete:
            continue
        service = next((found for found in deployed.cluster_services if _targets(found, deployed)), None)
        if service:
            yield _problem(repository, deployed, service)


def _problem(repository: Repository, deployed: Deployed, service: ClusterService) -> Problem:
    workload, container = deployed.workload, deployed.container
    return Problem(
        container.at,
        values={
            "container": shown(container.name),
            "service": title_of(service),
            "partner": service.at,
        },
        related=(Related(service.at, "sends requests here"),),
        fix=_fix(repository, deployed, service),
        evidence=f"{workload.identity} {container.name}",
        case="bought-in" if is_bought_in(container) and _is_single(deployed) else "",
    )


def _is_single(deployed: Deployed) -> bool:
    """No other copy is there to get the requests that one is not ready for."""
    crowd = crowd_of(deployed)
    return crowd is None or crowd.pods < 2


def _targets(service: ClusterService, deployed: Deployed) -> Sequence[ServicePort]:
    """The ports by which requests end in this container, and not in another of its pod.

    Ports for metrics, profiles and probes do not count: who comes too early to them loses nobody's request.
    """
    own = {name for port in deployed.container.ports for name in (port.number, port.name)} - {None, ""}
    is_alone = len(deployed.workload.containers) == 1 and not is_joined(deployed.workload)
    return [
        port
        for port in service.ports
        if (is_alone or port.target in own) and not INNER.search(f"{port.name} {port.target}")
    ]


def _fix(repository: Repository, deployed: Deployed, service: ClusterService) -> Fix | None:
    """A probe of what its program answers, where that is known."""
    container = deployed.container
    wanted = {number_of(port.target, (container,)) for port in _targets(service, deployed)}
    found = [
        find_health_address(each.program, container, each.image, wanted)
        for each in repository.services
        if each.program and _runs(each, container)
    ]
    address = found[0] if len(found) == 1 else None
    edit = add_last(container.whole, container.places, _lines(address, container)) if address else None
    return Fix((edit,)) if edit else None


def _runs(service: Service, container: Container) -> bool:
    return any(item.container is container for item in service.running)


def _lines(address: HealthAddress, container: Container) -> list[str]:
    if address.path is None:
        return ["readinessProbe:", "  grpc:", f"    port: {address.port}"]
    names = (port.name for port in container.ports if port.number == address.port and port.name)
    port = next(names, address.port)
    return ["readinessProbe:", "  httpGet:", f"    path: {address.path}", f"    port: {port}"]
