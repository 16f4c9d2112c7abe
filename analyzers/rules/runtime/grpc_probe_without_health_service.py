from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.model.program import Program
from analyzers.model.programs.grpc_health import servers_without_health
from analyzers.model.service import Deployed, Service
from analyzers.model.services.pod_ports import is_alone, port_probes, probed_number
from analyzers.model.services.served_ports import served_ports
from analyzers.model.workload import Probe
from analyzers.rule import Problem, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    program = service.program
    for deployed in service.running if program else ():
        assert program
        probes = [item for item in port_probes(deployed.container) if item[1].kind == "grpc"]
        if probes and _asks_program(service, program, deployed, probes[0][1]):
            servers = servers_without_health(program)
            if servers:
                yield _problem(program, deployed, [name for name, _ in probes], probes[0][1], servers[0].at)


def _asks_program(service: Service, program: Program, deployed: Deployed, probe: Probe) -> bool:
    """The probe ends in this program, and not in a neighbour or where nobody listens."""
    served = served_ports(program, deployed.container, service.image)
    number = probed_number(probe, deployed.container)
    return number in served if served and number else is_alone(deployed.workload)


def _problem(
    program: Program, deployed: Deployed, names: list[str], probe: Probe, server: Location
) -> Problem:
    return Problem(
        probe.at.start,
        values={
            "probes": f"{' and '.join(names)} {'probe asks' if len(names) == 1 else 'probes ask'}",
            "program": program.name,
            "partner": server,
        },
        related=(Related(server, "the server without it"),),
        evidence=f"{deployed.container.name} grpc {names[0]}",
    )
