"""Whether an image and the containers that run it say which ports the program listens on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.finding import Location
from analyzers.model.program import Listen, Program
from analyzers.model.service import Service

_OWN = ("127.", "localhost", "::1", "[::1")


def fixed_listens(program: Program) -> list[Listen]:
    """Calls that listen on a port which nothing but the source decides; not what only this machine reaches.

    What a manager listens on by its options, or by itself, is another thing.
    """
    calls = {site.at for site in program.code.every_call}
    return [
        listen
        for listen in program.listens
        if listen.port
        and listen.at in calls
        and not (listen.variable or listen.flag)
        and listen.host is not None
        and not listen.host.startswith(_OWN)
    ]


def disagreement(port: int, services: Iterable[Service]) -> Location | bool:
    """True where nobody speaks of ports at all, the place where other ports are declared, else False."""
    declared = [entry for service in services for entry in _declared(service)]
    if any(None in ports for _, ports in declared):
        return False
    return next((at for at, ports in declared if port not in ports), not declared)


def _declared(service: Service) -> Iterator[tuple[Location, set[int | None]]]:
    """EXPOSE, and the ports of each container that is sure to run the program."""
    exposes = service.image.final.exposes if service.image else ()
    if exposes:
        yield exposes[0].at, {fact.value for fact in exposes}
    for deployed in service.running:
        ports = deployed.container.ports
        if ports:
            yield ports[0].at, {port.number for port in ports}
