from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.model.image import Copy
from analyzers.model.images.secret_files import SecretFile, carried_into, find_secret_files
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    secrets = list(find_secret_files(repository.sources))
    for image in repository.images if secrets else ():
        copies: dict[Location, Copy] = {}
        found: dict[Location, list[SecretFile]] = defaultdict(list)
        for secret in secrets:
            if copy := carried_into(image, secret.path):
                copies[copy.at] = copy
                found[copy.at].append(secret)
        for at, copy in copies.items():
            yield _problem(copy, found[at])


def _problem(copy: Copy, found: list[SecretFile]) -> Problem:
    first = found[0]
    return Problem(
        copy.at,
        values={
            "copy": f"{'ADD' if copy.is_add else 'COPY'} {' '.join(copy.sources)[:40]}",
            "file": first.path,
            "what": first.what,
            "partner": first.at,
            "others": f" and {len(found) - 1} more" if len(found) > 1 else "",
        },
        related=tuple(Related(secret.at, f"{secret.what} goes into the image") for secret in found),
        evidence=" ".join(secret.path for secret in found),
    )
