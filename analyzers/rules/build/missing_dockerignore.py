from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.model.image import Copy, Image
from analyzers.model.images.secret_files import find_secret_files
from analyzers.model.images.whole_context import ends_in, takes_git_along, whole_copies
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    """One finding for each build context, wherever several Dockerfiles share it."""
    by_context: dict[str, list[tuple[Image, Copy]]] = defaultdict(list)
    for image in repository.images:
        if not image.ignore_path and (copy := next(whole_copies(image), None)):
            by_context[image.context].append((image, copy))
    for context, pairs in by_context.items():
        yield from _judge(repository, context, pairs)


def _judge(repository: Repository, context: str, pairs: list[tuple[Image, Copy]]) -> Iterator[Problem]:
    pairs.sort(key=lambda pair: not ends_in(*pair))
    has_git = all(takes_git_along(image, repository.text) for image, _ in pairs)
    secrets = [
        secret.path
        for secret in find_secret_files(repository.sources)
        if not context or secret.path.startswith(f"{context}/")
    ]
    along = (["`.git`"] if has_git else []) + [f"`{path}`" for path in secrets[:2]]
    if not along:
        return
    image, copy = pairs[0]
    yield Problem(
        copy.at,
        values={
            "copy": f"{'ADD' if copy.is_add else 'COPY'} {' '.join(copy.sources)[:30]}",
            "what": " and ".join(along),
            "folder": f"`{context}`" if context else "the root",
        },
        related=tuple(Related(other.at, "copies the same context") for _, other in pairs[1:4]),
        fix=Fix((Edit(".dockerignore", 1, 0, ".git"),)) if has_git else None,
        evidence=context or "the root",
        case="" if ends_in(image, copy) else "builder",
    )
