from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.service import Deployed, Service
from analyzers.model.services.pod_ports import claims_on, is_alone, port_probes, probed_number
from analyzers.model.services.served_ports import served_ports
from analyzers.model.workload import Container, Probe
from analyzers.rule import Problem, Replacement, rule

Named = tuple[str, Probe]


@rule
def check(service: Service) -> Iterator[Problem]:
    for deployed in service.running:
        if service.program is None or not is_alone(deployed.workload):
            continue
        ports = served_ports(service.program, deployed.container, service.image)
        for number, probes in _by_number(deployed.container).items() if ports else ():
            if ports and number not in ports:
                yield _problem(service.program, deployed, number, probes, ports)


def _by_number(container: Container) -> Mapping[int, Sequence[Named]]:
    """Probes of one port are one mistake."""
    found: dict[int, list[Named]] = defaultdict(list)
    for name, probe in port_probes(container):
        number = probed_number(probe, container)
        if number is not None:
            found[number].append((name, probe))
    return found


def _problem(
    program: Program, deployed: Deployed, number: int, probes: Sequence[Named], ports: frozenset[int]
) -> Problem:
    listen = program.listens[0]
    names = [name for name, _ in probes]
    first, *others = (probe.port.at for _, probe in probes if probe.port)
    claims = claims_on(number, deployed)
    return Problem(
        first,
        values={
            "probes": f"{' and '.join(names)} {'probe asks' if len(names) == 1 else 'probes ask'}",
            "number": number,
            "program": program.name,
            "ports": " and ".join(map(str, sorted(ports))),
            "partner": listen.at,
        },
        related=(
            Related(listen.at, "listens here"),
            *(Related(at, "asks the same port") for at in others),
            *(Related(claim.at, claim.role) for claim in claims),
        ),
        replacements=_mending(number, probes, deployed, ports),
        evidence=f"{deployed.workload.kind} {deployed.workload.name} {deployed.container.name} {names[0]}",
    )


def _mending(
    number: int, probes: Sequence[Named], deployed: Deployed, ports: frozenset[int]
) -> tuple[Replacement, ...]:
    """The number in every place that means this port, where the program has one port alone."""
    if len(ports) > 1:
        return ()
    asked = [probe.port.at for _, probe in probes if probe.port and probe.port.value == number]
    claimed = [claim.at for claim in claims_on(number, deployed)]
    return tuple(Replacement(at, str(min(ports))) for at in dict.fromkeys([*asked, *claimed]))
