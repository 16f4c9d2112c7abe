from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.programs.spoken_texts import speaks_of
from analyzers.model.service import Deployed, Service
from analyzers.model.services.http_ports import HttpPort, http_ports
from analyzers.model.services.pod_ports import port_probes, probed_number
from analyzers.model.workload import Container, Probe
from analyzers.rule import Problem, Replacement, rule

Asked = tuple[int, str]
"""A port and a path."""
Named = tuple[str, Probe]


@rule
def check(service: Service) -> Iterator[Problem]:
    program = service.program
    for deployed in service.running if program and program.routes_are_known else ():
        assert program
        ports = {port.number: port for port in http_ports(program, deployed.container, service.image)}
        for (number, path), probes in _by_address(deployed.container).items():
            port = ports.get(number)
            if port and port.routes and not port.answers(path) and not speaks_of(program, path):
                yield _problem(program, deployed, port, path, probes)


def _by_address(container: Container) -> Mapping[Asked, Sequence[Named]]:
    """Probes of one path are one mistake."""
    found: dict[Asked, list[Named]] = defaultdict(list)
    for name, probe in port_probes(container):
        number = probed_number(probe, container)
        if number is not None and probe.path is not None:
            found[number, probe.path].append((name, probe))
    return found


def _problem(
    program: Program, deployed: Deployed, port: HttpPort, path: str, probes: Sequence[Named]
) -> Problem:
    names = [name for name, _ in probes]
    first, *others = (probe.path_at or probe.at.start for _, probe in probes)
    nearest = port.nearest(path)
    partner = nearest.at if nearest else port.listens[0].at
    return Problem(
        first,
        values={
            "probes": f"{' and '.join(names)} {'probe asks' if len(names) == 1 else 'probes ask'}",
            "path": path,
            "program": program.name,
            "number": port.number,
            "nearest": nearest.path if nearest else "",
            "partner": partner,
        },
        related=(
            Related(partner, f"serves {nearest.path}" if nearest else "listens here"),
            *(Related(at, "asks for the same path") for at in others),
        ),
        replacements=tuple(
            Replacement(probe.path_at, nearest.path)
            for _, probe in probes
            if nearest and nearest.path and probe.path_at
        ),
        evidence=f"{deployed.container.name} {path}",
        case="near" if nearest else "",
    )
