from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.fixes.listen_ports import port_from_environment
from analyzers.model.program import Listen, Program
from analyzers.model.programs.lasting import is_tool
from analyzers.model.repository import Repository
from analyzers.model.services.declared_ports import disagreement, fixed_listens
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    claimed = {id(item.container) for service in repository.services for item in service.deployed}
    others = [item for item in repository.deployed if id(item.container) not in claimed]
    for program in repository.programs:
        if is_tool(program):
            continue
        services = [service for service in repository.services if service.program is program]
        if any(service.image or service.deployed for service in services):
            listens = fixed_listens(program)
            for listen in listens:
                if cause := disagreement(listen.port or 0, services, repository.composes, others):
                    is_only = len(program.listens) == 1
                    yield _problem(program, listen, cause, is_only=is_only)


def _problem(program: Program, listen: Listen, cause: Location | bool, *, is_only: bool) -> Problem:
    partner = cause if isinstance(cause, Location) else None
    return Problem(
        listen.at,
        values={"port": listen.port, "program": program.name, "partner": partner or ""},
        related=(Related(partner, "other ports are declared here"),) if partner else (),
        fix=port_from_environment(program, listen) if is_only else None,
        evidence=f"{listen.protocol} {listen.port}",
        case="other" if partner else "",
    )
