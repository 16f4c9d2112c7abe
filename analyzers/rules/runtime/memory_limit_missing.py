from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.finding import Related
from analyzers.model.repository import Repository
from analyzers.model.service import Deployed, Service
from analyzers.model.services.originals import originals
from analyzers.rule import Problem, rule

_DEFAULTS = re.compile(r"^kind:\s*LimitRange\b", re.M)
"""Gives containers of a namespace limits that they do not ask for."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    """Copies of one workload, such as a generated manifest beside its parts, are told once."""
    if _has_defaults(repository):
        return
    for service in repository.services:
        copies: dict[tuple[str, str], list[Deployed]] = {}
        for deployed in _unlimited(repository, service):
            copies.setdefault((deployed.workload.kind, deployed.container.name), []).append(deployed)
        for (kind, name), found in copies.items():
            yield _problem(kind, name, sorted(found, key=lambda each: each.container.at))


def _unlimited(repository: Repository, service: Service) -> Iterator[Deployed]:
    """A chart commonly leaves the resources to who installs it."""
    for deployed in originals(repository, service.running):
        container = deployed.container
        is_known = deployed.workload.is_complete and container.is_complete
        if (
            is_known
            and "memory" not in container.limits
            and container.at.path not in repository.assumed_paths
        ):
            yield deployed


def _problem(kind: str, name: str, found: Sequence[Deployed]) -> Problem:
    first, *others = dict.fromkeys(deployed.container.at for deployed in found)
    return Problem(
        first,
        values={"container": name, "kind": kind},
        related=tuple(Related(at, "neither here") for at in others),
        evidence=f"{kind} {name} limits.memory",
    )


def _has_defaults(repository: Repository) -> bool:
    texts = repository.texts_with(b"LimitRange")
    return any(path.endswith((".yaml", ".yml")) and _DEFAULTS.search(text) for path, text in texts)
