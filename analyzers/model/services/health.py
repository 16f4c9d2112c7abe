"""Where a container's program tells how it is: a route made for probes, or the gRPC health service."""

from __future__ import annotations

from collections.abc import Collection

from analyzers.model.image import Image
from analyzers.model.program import Program
from analyzers.model.services.http_ports import http_ports
from analyzers.model.services.served_ports import served_listens
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value


@light_value
class HealthAddress:
    """`path` is None for gRPC."""

    port: int
    path: str | None = None


def find_health_address(
    program: Program, container: Container, image: Image | None, wanted: Collection[int | None]
) -> HealthAddress | None:
    """What a readiness probe should ask, on one of the wanted ports where there is a choice."""
    ports = http_ports(program, container, image)
    routes = ((port.number, port.readiness_route) for port in ports)
    found = [HealthAddress(number, route.path) for number, route in routes if route]
    found += _by_grpc(program, container, image)
    return min(found, key=lambda each: each.port not in wanted, default=None)


def _by_grpc(program: Program, container: Container, image: Image | None) -> list[HealthAddress]:
    if not program.listens_are_known or not any(service.is_health for service in program.rpc_services):
        return []
    served = served_listens(program, container, image)
    ports = {each.port for each in served if each.listen.protocol == "grpc"}
    return [HealthAddress(port) for port in ports if port is not None] if len(ports) == 1 else []
