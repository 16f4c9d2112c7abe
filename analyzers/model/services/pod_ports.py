"""Ports as the manifests speak of them: which probes ask one, and what a name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.finding import Location
from analyzers.model.manifests.meshes import joins_mesh
from analyzers.model.service import Deployed
from analyzers.model.workload import ClusterService, Container, Probe, Workload
from analyzers.parsers.light import light_value

_INJECTED = (
    "dapr.io/enabled",
    "sidecar.opentelemetry.io/inject",
    "sidecar.jaegertracing.io/inject",
    "vault.hashicorp.com/agent-inject",
)
"""Annotations by which a controller puts a container of its own into the pod."""


def is_alone(workload: Workload) -> bool:
    """Containers of a pod share their ports: a neighbour or an injected proxy may be the one that listens."""
    starters = any(each.ports or each.restarts_always for each in workload.init_containers)
    is_single = workload.is_complete and len(workload.containers) == 1
    return is_single and not starters and not is_joined(workload) and not joins_mesh(workload)


def is_joined(workload: Workload) -> bool:
    """A controller puts a container with ports of its own into the pod, meshes left aside."""
    return any(workload.annotations.get(name, "false") != "false" for name in _INJECTED)


def named_probes(container: Container) -> Iterator[tuple[str, Probe]]:
    """The probes, each with its name: readiness, liveness, startup."""
    named = {
        "readiness": container.readiness,
        "liveness": container.liveness,
        "startup": container.startup,
    }
    for name, probe in named.items():
        if probe:
            yield name, probe


def port_probes(container: Container) -> Iterator[tuple[str, Probe]]:
    """Those that ask a port of the pod."""
    for name, probe in named_probes(container):
        if probe.kind in ("http", "tcp", "grpc") and not probe.asks_elsewhere:
            yield name, probe


def shown(name: str) -> str:
    """A name for people to read, where a template may make it."""
    return name or "{{ … }}"


def title_of(service: ClusterService) -> str:
    """A Service for people to read, where a template may make its name."""
    return f"Service `{service.name}`" if service.name else "the Service"


def probed_number(probe: Probe, container: Container) -> int | None:
    """The number of the port that a probe asks; None where unknown, or a name that no port has."""
    return number_of(probe.port.value if probe.port else None, (container,))


def number_of(port: int | str | None, containers: Iterable[Container]) -> int | None:
    """What a port given by number or name stands for; None for a name that no port has."""
    if not isinstance(port, str):
        return port
    ports = (each for container in containers for each in container.ports)
    return next((each.number for each in ports if each.name == port), None)


@light_value
class Claim:
    """A place of a manifest, other than a probe, that writes the number of a container's port."""

    at: Location
    role: str


def claims_on(number: int, deployed: Deployed) -> tuple[Claim, ...]:
    """The containerPort of that number, and the Services that send requests to it."""
    own = (
        Claim(port.number_at, "declares the port")
        for port in deployed.container.ports
        if port.number == number and port.number_at and port.protocol == "TCP"
    )
    sent = (
        Claim(port.target_at, f"{title_of(service)} sends requests there")
        for service in deployed.cluster_services
        for port in service.ports
        if port.target == number and port.target_at and port.protocol == "TCP"
    )
    return (*own, *sent)
