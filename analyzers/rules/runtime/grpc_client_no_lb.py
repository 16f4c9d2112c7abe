from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.finding import Related
from analyzers.model.manifests.meshes import joins_mesh
from analyzers.model.programs.grpc_clients import GrpcClient, find_grpc_clients, host_of, may_balance
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.crowds import Crowd, crowd_of
from analyzers.model.services.surrounding import find_by_host
from analyzers.model.workload import ClusterService
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    if any(manifests.uses_mesh for manifests in repository.manifests):
        return
    for service in repository.services:
        if service.program and not may_balance(service.program):
            for client in find_grpc_clients(service.program):
                yield from _judge(repository, service, client)


def _judge(repository: Repository, service: Service, client: GrpcClient) -> Iterator[Problem]:
    for caller in service.running or (None,):
        called = _called(repository, service, client, caller)
        crowd = _crowd(called, repository.deployed) if called else None
        if called and crowd:
            yield _problem(client, called, crowd)


def _called(
    repository: Repository, service: Service, client: GrpcClient, caller: Deployed | None
) -> ClusterService | None:
    """The Service whose name the client dials, as its manifest starts it."""
    if caller and joins_mesh(caller.workload):
        return None
    host = host_of(client, caller.container if caller else None, service.image)
    workload = caller.workload if caller else None
    return find_by_host(host, repository.cluster_services, workload) if host else None


def _crowd(called: ClusterService, deployed: Iterable[Deployed]) -> Crowd | None:
    """What the Service spreads connections over, where that is more than one pod and no mesh."""
    if called.is_headless or called.kind == "ExternalName":
        return None
    behind = [item for item in deployed if any(found is called for found in item.cluster_services)]
    if any(joins_mesh(item.workload) for item in behind):
        return None
    crowds = (crowd_of(item) for item in behind)
    return next((crowd for crowd in crowds if crowd and crowd.pods > 1), None)


def _problem(client: GrpcClient, called: ClusterService, crowd: Crowd) -> Problem:
    return Problem(
        client.at,
        values={"service": called.name, "pods": crowd.pods, "partner": called.at},
        related=(
            Related(called.at, "has one address for all its pods"),
            Related(crowd.at, f"up to {crowd.pods} pods" if crowd.is_scaled else f"{crowd.pods} pods"),
        ),
        evidence=f"grpc client of {called.name}",
        case="scaled" if crowd.is_scaled else "",
    )
