from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.secret_mounts import netrc_instead
from analyzers.model.repository import Repository
from analyzers.model.secrets.git_credentials import StoredCredentials, find_git_credentials
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        for stored in find_git_credentials(image):
            yield _problem(repository, stored)


def _problem(repository: Repository, stored: StoredCredentials) -> Problem:
    is_text = not stored.variable and stored.run is not None
    return Problem(
        stored.at.start,
        values={"file": stored.file, "variable": stored.variable},
        fix=netrc_instead(repository.text(stored.stage.path) or "", stored),
        evidence=f"{stored.file} {stored.variable or ('copied' if stored.copy else 'written')}",
        case="removed" if stored.is_removed else "copied" if stored.copy else "text" if is_text else "",
        secret=stored.at if is_text else None,
    )
