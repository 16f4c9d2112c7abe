from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.programs.spoken_texts import find_text
from analyzers.model.service import Deployed, Service
from analyzers.model.services.pod_ports import is_alone, number_of, port_probes, probed_number, title_of
from analyzers.model.services.served_ports import Served, served_listens
from analyzers.rule import Problem, Replacement, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    program = service.program
    for deployed in service.running if program else ():
        assert program
        if is_alone(deployed.workload):
            served = served_listens(program, deployed.container, service.image)
            for each in _hidden(served):
                exposed = tuple(_exposed(each, deployed))
                if exposed:
                    yield _problem(program, each, exposed, "")
    if program and not service.deployed:
        yield from _in_image(service, program)


def _hidden(served: Sequence[Served]) -> Iterator[Served]:
    """Listens on loopback alone, whose port no other listen opens."""
    for each in served:
        same = (other for other in served if other.port in (each.port, None))
        if each.port is not None and all(other.is_on_loopback for other in same):
            yield each


def _exposed(served: Served, deployed: Deployed) -> Iterator[Related]:
    """Who comes to the port from outside of the pod."""
    container = deployed.container
    for service in deployed.cluster_services:
        for port in service.ports:
            if number_of(port.target, (container,)) == served.port:
                yield Related(port.target_at or port.at, f"{title_of(service)} sends requests there")
    for name, probe in port_probes(container):
        if probe.port and probed_number(probe, container) == served.port:
            yield Related(probe.port.at, f"the {name} probe asks it")
    for declared in container.ports:
        if declared.number == served.port and declared.number_at:
            yield Related(declared.number_at, "declares the port")


def _in_image(service: Service, program: Program) -> Iterator[Problem]:
    """Nothing in the repository runs the image: what it exposes is for `docker run -p`."""
    if service.image is None or not service.is_started:
        return
    served = [
        Served(listen, None if listen.variable or listen.flag else listen.port, listen.host)
        for listen in program.listens
    ]
    for each in _hidden(served):
        exposed = [port for port in service.image.final.exposes if port.value == each.port]
        if exposed:
            yield _problem(program, each, (Related(exposed[-1].at, "exposes the port"),), "image")


def _problem(program: Program, served: Served, exposed: Sequence[Related], case: str) -> Problem:
    listen = served.listen
    return Problem(
        listen.at.start,
        values={
            "program": program.name,
            "host": served.host,
            "port": served.port,
            "partner": exposed[0].at,
        },
        related=tuple(exposed),
        replacements=_mending(program, served),
        evidence=f"listens on {served.host}",
        case=case,
    )


def _mending(program: Program, served: Served) -> tuple[Replacement, ...]:
    """The same address without the host, where the code writes it once."""
    written = [
        (place, rest)
        for rest in (f":{served.port}", ":")
        for place in find_text(program, f"{served.host}{rest}")
    ]
    return tuple(Replacement(place, f'"{rest}"') for place, rest in written) if len(written) == 1 else ()
