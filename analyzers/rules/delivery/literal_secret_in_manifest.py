from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix
from analyzers.fixes.secret_references import refer_to_secret, secret_of
from analyzers.model.repository import Repository
from analyzers.model.secrets.committed_secrets import CommittedSecret, find_committed_secrets
from analyzers.model.secrets.fixtures import is_for_tests
from analyzers.model.secrets.ownership import plain_secret
from analyzers.model.secrets.written_texts import secret_at
from analyzers.model.workload import EnvVar, Workload
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for manifests in repository.manifests:
        is_aside = is_for_tests(manifests.path, repository.text(manifests.path) or "")
        for workload in () if is_aside else manifests.workloads:
            for container in (*workload.containers, *workload.init_containers):
                for variable in container.env:
                    yield from _judge(repository, workload, variable)
    for secret in find_committed_secrets(repository):
        yield _committed(secret)


def _judge(repository: Repository, workload: Workload, variable: EnvVar) -> Iterator[Problem]:
    value = variable.value if variable.source == "literal" else None
    clearness = plain_secret(variable.name, value) if value else ""
    if clearness and value:
        at = variable.value_at or variable.at
        holder = f"{workload.kind} {workload.name}"
        yield Problem(
            at,
            values={"holder": holder, "name": variable.name, "secret": secret_of(workload)},
            fix=_reference(repository, workload, variable),
            evidence=f"{holder} {variable.name}",
            case="" if clearness == "secret" else clearness,
            secret=secret_at(repository, at, value),
        )


def _reference(repository: Repository, workload: Workload, variable: EnvVar) -> Fix | None:
    """None where the Secret that would be asked is in the repository, without such a key."""
    name = secret_of(workload)
    lacking = any(
        settings.kind == "Secret" and settings.name == name and variable.name not in settings.data
        for manifests in repository.manifests
        for settings in manifests.settings
    )
    return None if lacking else refer_to_secret(repository.text(workload.path) or "", workload, variable)


def _committed(secret: CommittedSecret) -> Problem:
    more = len(secret.keys) - 1
    return Problem(
        secret.at,
        values={
            "holder": f"Secret {secret.settings.name}" if secret.settings.name else "a Secret",
            "name": secret.keys[0],
            "more": f" and {more} more" if more else "",
            "secret": secret.settings.name,
        },
        evidence=f"Secret {secret.settings.name} {' '.join(secret.keys)}",
        case="committed-well-known" if secret.is_well_known else "committed",
        secret=secret.content,
    )
