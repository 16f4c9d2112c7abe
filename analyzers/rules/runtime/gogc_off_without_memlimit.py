from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.environment import add_literal
from analyzers.model.program import Program
from analyzers.model.programs.garbage import find_switch_offs
from analyzers.model.programs.lasting import is_lasting
from analyzers.model.quantity import bytes_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, setting_of
from analyzers.model.service import Service
from analyzers.model.services.memory_limit import (
    advised_gomemlimit,
    has_no_setting,
    is_off,
    sets_memory_limit,
)
from analyzers.model.workload import Container
from analyzers.rule import Problem, rule

_SHORT_LIVED = ("Job", "CronJob", "Pod")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        program = service.program
        if program is not None and not sets_memory_limit(program):
            yield from _in_containers(service, program)
            if not service.deployed:
                yield from _in_image(service)
    for program in repository.programs:
        if is_lasting(program) and not sets_memory_limit(program):
            yield from _in_code(program, [each for each in repository.services if each.program is program])


def _in_containers(service: Service, program: Program) -> Iterator[Problem]:
    for deployed in service.running:
        container = deployed.container
        setting = setting_of(container, service.image, "GOGC")
        is_lasting = deployed.workload.kind not in _SHORT_LIVED
        if setting and is_off(setting.value) and is_lasting and has_no_setting(container, service.image):
            yield _problem(setting, container, program)


def _in_image(service: Service) -> Iterator[Problem]:
    """Where nothing here says how the image is run, what it sets itself is all there is."""
    environment = service.image.final.env if service.image else {}
    fact = environment.get("GOGC")
    if fact and is_off(fact.value) and "GOMEMLIMIT" not in environment:
        yield Problem(fact.at, values={"value": fact.value}, evidence="ENV GOGC off", case="image")


def _in_code(program: Program, services: list[Service]) -> Iterator[Problem]:
    """Whatever is known to run the program gives it no limit."""
    containers = [(item, each) for each in services for item in each.deployed]
    if not all(has_no_setting(item.container, each.image) for item, each in containers):
        return
    if any(item.workload.kind in _SHORT_LIVED for item, _ in containers):
        return
    if any(each.image and "GOMEMLIMIT" in each.image.final.env for each in services):
        return
    for site in find_switch_offs(program.code):
        yield Problem(
            site.at,
            values={"value": site.file.text(site.node)},
            evidence=f"{site.function.name} SetGCPercent",
            case="code",
        )


def _problem(setting: RuntimeSetting, container: Container, program: Program) -> Problem:
    return Problem(
        setting.at,
        values={"value": setting.value, "container": container.name, "partner": program.at},
        related=(Related(program.at, "sets no limit of its own"),),
        fix=_fix(container),
        evidence=f"{container.name} GOGC off",
    )


def _fix(container: Container) -> Fix | None:
    limit = container.limits.get("memory")
    advised = advised_gomemlimit(bytes_of(limit.value) if limit and limit.value else None)
    return add_literal(container, "GOMEMLIMIT", advised, limit.at) if advised and limit else None
