from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.program import Program
from analyzers.model.programs.backend_calls import BackendCall, find_backend_call
from analyzers.model.route import Route
from analyzers.model.service import Deployed, Service
from analyzers.model.services.http_ports import find_handling
from analyzers.model.services.pod_ports import probed_number, shown
from analyzers.rule import Problem, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    program = service.program
    for deployed in service.running if program else ():
        assert program
        route = _asked(service, program, deployed)
        call = find_backend_call(program.code, route) if route else None
        if route and call:
            yield _problem(deployed, route, call)


def _asked(service: Service, program: Program, deployed: Deployed) -> Route | None:
    """The route behind the liveness probe."""
    probe = deployed.container.liveness
    if probe is None or probe.path is None or probe.asks_elsewhere:
        return None
    number = probed_number(probe, deployed.container)
    return find_handling(program, deployed.container, service.image, number, probe.path)


def _problem(deployed: Deployed, route: Route, call: BackendCall) -> Problem:
    probe = deployed.container.liveness
    assert probe is not None
    at = call.site.at
    return Problem(
        probe.path_at or probe.at.start,
        values={
            "container": shown(deployed.container.name),
            "path": probe.path,
            "asked": call.asked,
            "call": call.name,
            "partner": at.start,
        },
        related=(Related(at, f"waits for {call.asked}"), Related(route.at, f"answers {route.path}")),
        evidence=f"{deployed.container.name} liveness {route.path}",
    )
