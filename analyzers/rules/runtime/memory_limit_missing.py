from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.model.repository import Repository
from analyzers.model.service import Deployed
from analyzers.rule import Problem, rule

_DEFAULTS = re.compile(r"^kind:\s*LimitRange\b", re.M)
"""Gives containers of a namespace limits that they do not ask for."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    if _has_defaults(repository):
        return
    for service in repository.services:
        for deployed in service.running:
            if _lacks_limit(deployed) and not _is_left_to_installation(repository, deployed):
                container = deployed.container
                yield Problem(
                    container.at,
                    values={"container": container.name, "kind": deployed.workload.kind},
                    evidence=f"{deployed.workload.kind} {container.name} limits.memory",
                )


def _lacks_limit(deployed: Deployed) -> bool:
    container = deployed.container
    return deployed.workload.is_complete and container.is_complete and "memory" not in container.limits


def _is_left_to_installation(repository: Repository, deployed: Deployed) -> bool:
    """A chart commonly leaves the resources to who installs it."""
    return deployed.container.at.path in repository.assumed_paths


def _has_defaults(repository: Repository) -> bool:
    texts = repository.texts_with(b"LimitRange")
    return any(path.endswith((".yaml", ".yml")) and _DEFAULTS.search(text) for path, text in texts)
