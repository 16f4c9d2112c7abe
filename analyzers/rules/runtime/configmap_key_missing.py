from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.manifests.missing_keys import MissingKey, find_missing_keys
from analyzers.model.repository import Repository
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for missing in find_missing_keys(repository.manifests):
        yield _problem(repository, missing)


def _problem(repository: Repository, missing: MissingKey) -> Problem:
    variable, settings = missing.variable, missing.settings
    at = variable.key_at or variable.value_at or variable.at
    is_plain = repository.text_at(at) == variable.key
    partner = settings.data[missing.nearest].at.start if missing.nearest else settings.at
    return Problem(
        at,
        values={
            "object": f"{settings.kind} {settings.name}",
            "key": variable.key,
            "nearest": missing.nearest,
            "partner": partner,
            "kind": settings.kind,
            "namespace": settings.namespace or "default",
            "name": settings.name,
        },
        related=(Related(partner, "has this key" if missing.nearest else "does not have it"),),
        replacements=(Replacement(at, missing.nearest),) if missing.nearest and is_plain else (),
        evidence=f"{missing.workload.kind} {missing.workload.name} {missing.container.name} {variable.name}",
        case="near" if missing.nearest else "",
    )
