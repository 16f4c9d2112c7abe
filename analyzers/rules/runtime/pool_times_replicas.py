from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Location, Related
from analyzers.model.programs.pool_limits import Database, PoolLimit, find_pool_limit
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.crowds import crowd_of
from analyzers.model.services.database_servers import (
    DatabaseServer,
    find_database_servers,
    host_of_address,
    server_of,
)
from analyzers.model.services.java_pools import find_deployed_pools
from analyzers.model.services.startup import filled
from analyzers.parsers.light import light_value
from analyzers.rule import Problem, rule

_COUNTED = ("Deployment", "StatefulSet", "Rollout", "ReplicaSet")


@light_value
class Use:
    """What one workload may open: `number` connections in each pod, limited at `at`."""

    at: Location
    number: int
    deployed: Deployed
    server: DatabaseServer

    @property
    def pods(self) -> int:
        crowd = crowd_of(self.deployed)
        return crowd.pods if crowd else 1

    @property
    def total(self) -> int:
        return self.number * self.pods


@rule
def check(repository: Repository) -> Iterator[Problem]:
    """Of the workloads that share a pool's setting, the one that opens most."""
    settings = [each for manifests in repository.manifests for each in manifests.settings]
    servers = find_database_servers(repository.deployed, settings)
    largest: dict[Location, Use] = {}
    for use in _uses(repository, servers) if servers else ():
        if use.total > use.server.maximum and use.total > (largest[use.at].total if use.at in largest else 0):
            largest[use.at] = use
    yield from map(_problem, largest.values())


def _uses(repository: Repository, servers: Sequence[DatabaseServer]) -> Iterator[Use]:
    for service in repository.services:
        limit = find_pool_limit(service.program.code) if service.program else None
        for deployed in service.running if limit else ():
            if limit and (number := _number(limit, service, deployed)):
                yield from _use(
                    limit.at, number, servers, deployed, limit.database, _host(limit, service, deployed)
                )
    for pool in find_deployed_pools(repository.java_applications, repository.deployed):
        host = host_of_address(pool.address)
        yield from _use(pool.maximum.at, pool.number, servers, pool.deployed, pool.database, host)


def _use(
    at: Location,
    number: int,
    servers: Sequence[DatabaseServer],
    deployed: Deployed,
    database: Database,
    host: str | None,
) -> Iterator[Use]:
    replicas = deployed.workload.replicas
    is_known = deployed.autoscaler or replicas is None or replicas.value is not None
    server = server_of(servers, database, deployed, host)
    if server and is_known and deployed.workload.kind in _COUNTED:
        yield Use(at, number, deployed, server)


def _number(limit: PoolLimit, service: Service, deployed: Deployed) -> int | None:
    text = filled(limit.number, deployed.container, service.image)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


def _host(limit: PoolLimit, service: Service, deployed: Deployed) -> str | None:
    """The host that the known addresses agree on, None where none is known; several are no host at all."""
    texts = [filled(address, deployed.container, service.image) for address in limit.addresses]
    hosts = {host_of_address(text) for text in texts if text} - {None}
    return "?" if len(hosts) > 1 else next(iter(hosts), None)


def _problem(use: Use) -> Problem:
    server, workload, crowd = use.server, use.deployed.workload, crowd_of(use.deployed)
    related = [Related(server.at, f"takes {server.maximum}{' by default' if server.is_default else ''}")]
    if crowd:
        related.append(
            Related(crowd.at, f"up to {crowd.pods} pods" if crowd.is_scaled else f"{crowd.pods} pods")
        )
    return Problem(
        use.at,
        values={
            "number": use.number,
            "pods": use.pods,
            "total": use.total,
            "workload": workload.name,
            "database": server.deployed.workload.name,
            "maximum": server.maximum,
            "partner": server.at,
            "share": max(server.maximum * 9 // 10 // use.pods, 1),
        },
        related=tuple(related),
        evidence=f"{workload.name} connections",
        case="default" if server.is_default else "",
    )
