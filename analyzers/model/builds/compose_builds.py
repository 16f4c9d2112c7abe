"""Builds that compose files ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.model.build import Build
from analyzers.model.builds.purposes import is_aside, is_aside_file
from analyzers.model.compose import Compose, ComposeService
from analyzers.model.scope import is_deployed


def read_compose_builds(composes: Iterable[Compose]) -> Iterator[Build]:
    for compose in composes:
        for service in compose.services:
            if service.build:
                yield Build(
                    at=service.at,
                    by="compose",
                    dockerfile=service.dockerfile,
                    context=service.context,
                    target=service.target,
                    names=service.built_names,
                    short_names=service.built_short_names,
                    args=service.build.args,
                    ships=_ships(service),
                )


def _ships(service: ComposeService) -> bool:
    """No file for development or tests, no service or target that is named so."""
    return not (
        is_aside_file(service.path)
        or ".override." in service.path
        or not is_deployed(service.path)
        or any(map(is_aside, (service.target or "", *service.profiles)))
    )
