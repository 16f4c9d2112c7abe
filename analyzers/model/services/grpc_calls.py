"""Which Service of the repository a gRPC client calls, and the pods behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.model.cluster import TrafficRoute
from analyzers.model.manifests import Manifests
from analyzers.model.manifests.meshes import joins_mesh
from analyzers.model.programs.grpc_clients import GrpcClient, address_of, find_grpc_clients
from analyzers.model.service import Deployed, Service
from analyzers.model.services.crowds import Crowd, crowd_of
from analyzers.model.services.pod_ports import number_of
from analyzers.model.services.surrounding import Selected, find_by_host
from analyzers.model.workload import ClusterService
from analyzers.parsers.light import light_record


@light_record
class GrpcCall:
    """A client with the Service that its target names. No mesh stands between them."""

    service: Service
    """Ours, whose program has the client."""
    client: GrpcClient
    called: ClusterService
    behind: tuple[Deployed, ...]

    @property
    def crowd(self) -> Crowd | None:
        """What the calls could be spread over, where that is known to be more than one pod."""
        crowds = (crowd_of(item) for item in self.behind)
        return next((crowd for crowd in crowds if crowd and crowd.pods > 1), None)

    @property
    def is_to_one_pod(self) -> bool:
        """The manifest asks for one pod, and nothing scales it."""
        return bool(self.behind) and all(
            item.autoscaler is None and item.workload.replicas and item.workload.replicas.value in (0, 1)
            for item in self.behind
        )

    @property
    def keeps_ports(self) -> bool:
        """Pods listen on the Service's own ports: a headless one has no others."""
        containers = [item.container for item in self.behind]
        numbers = [(port.port, number_of(port.target, containers)) for port in self.called.ports]
        return bool(numbers) and all(own is not None and own == target for own, target in numbers)


def find_grpc_calls(
    services: Iterable[Service], deployed: Sequence[Deployed], manifests: Sequence[Manifests]
) -> Iterator[GrpcCall]:
    """Every call of a Service of the repository, as the clients' manifests start them; none under a mesh."""
    if any(each.uses_mesh for each in manifests):
        return
    known = [called for each in manifests for called in each.services]
    selected = Selected(deployed)
    for service in services:
        for client in find_grpc_clients(service.program) if service.program else ():
            for caller in service.running or (None,):
                called = _called(known, service, client, caller)
                if called:
                    behind = tuple(selected.by(called))
                    if not any(joins_mesh(item.workload) for item in behind):
                        yield GrpcCall(service, client, called, behind)


def is_served_outside(called: ClusterService, routes: Iterable[TrafficRoute]) -> bool:
    """Others than pods come in by it: through the nodes, a load balancer, or a route that leads to it."""
    return called.kind != "ClusterIP" or any(
        backend.service == called.name and (backend.namespace or route.namespace) in ("", called.namespace)
        for route in routes
        for backend in route.backends
    )


def _called(
    known: Sequence[ClusterService], service: Service, client: GrpcClient, caller: Deployed | None
) -> ClusterService | None:
    """The Service whose name the client dials, as its manifest starts it."""
    if caller and joins_mesh(caller.workload):
        return None
    address = address_of(client, caller.container if caller else None, service.image)
    if address is None:
        return None
    host, port = address
    called = find_by_host(host, known, caller.workload if caller else None)
    return called if called and called.kind != "ExternalName" and _may_have(called, port) else None


def _may_have(called: ClusterService, port: str) -> bool:
    """False for a port that the Service does not have; a headless one leads to every port of its pods."""
    ports = {str(each.port) for each in called.ports if each.port is not None}
    is_known = port.isdigit() and len(ports) == len(called.ports) and not called.is_headless
    return not is_known or port in ports
