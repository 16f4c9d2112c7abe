from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.frameworks import hides_listening
from analyzers.model.programs.log_levels import LogLevel, find_fixed_levels
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_LOUD = ("debug", "trace")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    shipped = {id(service.program) for service in repository.services if service.image or service.deployed}
    for program in repository.programs:
        if program.serves or id(program) in shipped or hides_listening(program.code):
            for found in find_fixed_levels(program.code):
                yield _problem(found)


def _problem(found: LogLevel) -> Problem:
    return Problem(
        found.site.at,
        values={"library": found.library, "level": found.level},
        evidence=f"{found.library} {found.level}",
        case="loud" if found.level in _LOUD else "",
    )
