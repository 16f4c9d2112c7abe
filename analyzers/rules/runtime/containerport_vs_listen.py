from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.service import Deployed, Service
from analyzers.model.services.pod_ports import claims_on, is_alone, port_probes, probed_number, title_of
from analyzers.model.services.served_ports import served_ports
from analyzers.model.workload import Port
from analyzers.rule import Problem, Replacement, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    for deployed in service.running:
        if service.program is None or not is_alone(deployed.workload):
            continue
        served = served_ports(service.program, deployed.container, service.image)
        for port in _mistaken(deployed, served) if served else ():
            yield _problem(service.program, deployed, port, served or frozenset())


def _mistaken(deployed: Deployed, served: frozenset[int]) -> Iterator[Port]:
    """Declared ports that nothing listens on. One that a probe asks is told at the probe."""
    container = deployed.container
    asked = {probed_number(probe, container) for _, probe in port_probes(container)}
    for port in container.ports:
        is_known = port.number is not None and port.number_at is not None and port.protocol == "TCP"
        if is_known and port.number not in served | asked:
            yield port


def _problem(program: Program, deployed: Deployed, port: Port, served: frozenset[int]) -> Problem:
    assert port.number is not None
    assert port.number_at is not None
    listen = program.listens[0]
    used = [
        (service, target)
        for service in deployed.cluster_services
        for target in service.ports
        if not service.is_headless and target.target in (port.number, port.name or None)
    ]
    return Problem(
        port.number_at,
        values={
            "number": port.number,
            "program": program.name,
            "ports": " and ".join(map(str, sorted(served))),
            "partner": listen.at,
            "service": title_of(used[0][0]) if used else "",
        },
        related=(
            Related(listen.at, "listens here"),
            *(
                Related(target.target_at or target.at, f"{title_of(service)} sends requests there")
                for service, target in used
            ),
        ),
        replacements=_mending(deployed, port.number, served),
        evidence=f"{deployed.container.name} {port.name or port.number}",
        case="used" if used else "",
    )


def _mending(deployed: Deployed, number: int, served: frozenset[int]) -> tuple[Replacement, ...]:
    """The number everywhere, where the program has one port and the container does not declare it yet."""
    declared = {port.number for port in deployed.container.ports}
    if len(served) > 1 or served & declared:
        return ()
    return tuple(Replacement(claim.at, str(min(served))) for claim in claims_on(number, deployed))
