from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.environment import add_entry
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.quantity import cores_of
from analyzers.model.service import Deployed, Service
from analyzers.model.services.cpu_limits import is_old_language, is_switched_on, old_builder, sets_processors
from analyzers.model.services.startup import find_setting
from analyzers.rule import Problem, rule

_ENTRY = (
    "- name: GOMAXPROCS",
    "  valueFrom:",
    "    resourceFieldRef:",
    "      resource: limits.cpu",
)


@rule
def check(service: Service) -> Iterator[Problem]:
    program = service.program
    if program is None or sets_processors(program) or not is_old_language(program.module):
        return
    builder = old_builder(service.build_stages)
    cause = builder or (None if is_switched_on(program) else program.module.go)
    for deployed in service.running if cause else ():
        limit = deployed.container.limits.get("cpu")
        if cause and limit and cores_of(limit.value or "") and _is_left_alone(deployed, service):
            yield _problem(deployed, limit, cause)


def _is_left_alone(deployed: Deployed, service: Service) -> bool:
    """Neither manifest nor image speaks of processors."""
    settings = (
        find_setting(deployed.container, service.image, variable=name) for name in ("GOMAXPROCS", "GODEBUG")
    )
    is_open = all(setting.is_known and setting.value is None for setting in settings)
    return is_open and deployed.container.is_complete


def _problem(deployed: Deployed, limit: Fact[str], cause: Fact[str] | Fact[ImageRef]) -> Problem:
    container, version = deployed.container, cause.value
    return Problem(
        limit.at,
        values={
            "container": container.name,
            "limit": limit.value,
            "version": version.text if isinstance(version, ImageRef) else f"go {version}",
            "partner": cause.at,
        },
        related=(Related(cause.at, "too old to heed the limit"),),
        fix=add_entry(container, _ENTRY),
        evidence=f"{deployed.workload.kind} {deployed.workload.name} {container.name} cpu",
        case="builder" if isinstance(version, ImageRef) else "",
    )
