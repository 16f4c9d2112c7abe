from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.go_shutdown import call_below
from analyzers.model.program import Program
from analyzers.model.programs.children import find_unreaped
from analyzers.model.programs.lasting import is_tool
from analyzers.model.repository import Repository
from analyzers.model.services.shell_starts import ShellStart, find_shell_starts
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for program in repository.programs:
        if program.serves_others and not is_tool(program):
            yield from _of_program(program)
    shared = {
        service.image.path
        for service in repository.services
        if service.image and any(deployed.workload.shares_processes for deployed in service.deployed)
    }
    for start in find_shell_starts(repository.images, repository.services, repository.scripts):
        if start.at.path not in shared:
            yield from _of_script(start)


def _of_program(program: Program) -> Iterator[Problem]:
    for site in find_unreaped(program.code):
        name = site.file.text(site.node.function).removesuffix(".Start")
        yield Problem(
            site.at,
            values={"command": name},
            fix=call_below(site, f"go {name}.Wait()"),
            evidence=f"{site.function.receiver}.{site.function.name} {name}",
        )


def _of_script(start: ShellStart) -> Iterator[Problem]:
    child = start.orphan
    if child is not None:
        yield Problem(
            child.at,
            values={"command": child.name, "program": start.program, "partner": start.at},
            related=(Related(start.at, "starts this script as process 1"),),
            evidence=f"background {' '.join(child.words)}",
            case="script",
        )
