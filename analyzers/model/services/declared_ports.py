"""Whether an image and the containers that run it say which ports the program listens on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.finding import Location
from analyzers.model.compose import Compose
from analyzers.model.program import Listen, Program
from analyzers.model.service import Deployed, Service

_OWN = ("127.", "localhost", "::1", "[::1")


def fixed_listens(program: Program) -> list[Listen]:
    """Calls that listen on a port which nothing but the source decides; not what only this machine reaches.

    What a manager listens on by its options, or by itself, is another thing.
    """
    return [
        listen
        for listen in program.listens
        if listen.port
        and not (listen.variable or listen.flag)
        and listen.host is not None
        and not listen.host.startswith(_OWN)
        and program.code.call_at(listen.at)
    ]


def disagreement(
    port: int, services: Sequence[Service], composes: Iterable[Compose] = (), others: Iterable[Deployed] = ()
) -> Location | bool:
    """True where nobody speaks of ports at all, the place where other ports are declared, else False.

    A probe that asks the port speaks of it as well, as does a Service that sends requests there, or Compose.
    `others` are containers that may run the program, too.
    """
    running = [deployed for service in services for deployed in service.running]
    if any(port in _asked(deployed) for deployed in running) or port in _composed(services, composes):
        return False
    if any(port in (*_asked(each), *(own.number for own in each.container.ports)) for each in others):
        return False
    declared = [entry for service in services for entry in _declared(service)]
    if any(None in ports for _, ports in declared):
        return False
    return next((at for at, ports in declared if port not in ports), not declared)


def _asked(deployed: Deployed) -> Iterator[int | str | None]:
    container = deployed.container
    for probe in (container.readiness, container.liveness, container.startup):
        if probe and probe.port:
            yield probe.port.value
    yield from (port.target for each in deployed.cluster_services for port in each.ports)


def _composed(services: Iterable[Service], composes: Iterable[Compose]) -> set[int | None]:
    """The ports of Compose services that are built from an image's Dockerfile."""
    dockerfiles = {service.image.path for service in services if service.image}
    return {
        port.value
        for compose in composes
        for service in compose.services
        if service.dockerfile in dockerfiles
        for port in service.ports
    }


def _declared(service: Service) -> Iterator[tuple[Location, set[int | None]]]:
    """EXPOSE, and the ports of each container that is sure to run the program."""
    exposes = service.image.final.exposes if service.image else ()
    if exposes:
        yield exposes[0].at, {fact.value for fact in exposes}
    for deployed in service.running:
        ports = deployed.container.ports
        if ports:
            yield ports[0].at, {port.number for port in ports}
