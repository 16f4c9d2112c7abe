from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.go_source import add_blank_import
from analyzers.model.images.library_paths import TIME_ZONES, is_bare, may_have
from analyzers.model.modules.go_environment import environment_in_stage
from analyzers.model.programs.time_zones import EMBEDDED, find_named_zones
from analyzers.model.service import Service
from analyzers.model.services.mounting import may_be_given
from analyzers.model.services.program_builds import program_builds
from analyzers.rule import Problem, rule


@rule
def check(service: Service) -> Iterator[Problem]:
    image, program = service.image, service.program
    if image is None or program is None or not is_bare(image.final) or EMBEDDED in program.imports:
        return
    if may_have(image.final, TIME_ZONES, "zoneinfo") or may_be_given(service, TIME_ZONES, ("ZONEINFO",)):
        return
    zone = next(find_named_zones(program), None)
    if zone is None or _may_embed(service):
        return
    edit = add_blank_import(zone.site, EMBEDDED)
    yield Problem(
        zone.site.at,
        values={"zone": zone.name, "partner": image.final.base_at},
        related=(Related(image.final.base_at, "has no time zones"),),
        fix=Fix((edit,)) if edit else None,
        evidence=zone.name,
    )


def _may_embed(service: Service) -> bool:
    """A tag puts the time zones into the binary, or how it is built is not known."""
    targets = list(program_builds(service))
    return not targets or any(
        any("timetzdata" in word or word.startswith("$") for word in target.command.words)
        or "GOFLAGS" in environment_in_stage(target.stage, target.command)
        for target in targets
    )
