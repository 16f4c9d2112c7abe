from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.lines import line_at, replace_at
from analyzers.model.builds.publishing import Publication, find_publications
from analyzers.model.image import Image
from analyzers.model.repository import Repository
from analyzers.model.services.base_images import BaseImages
from analyzers.rule import Problem, rule

_LABELS = re.compile(
    r"org\.opencontainers\.image\.(?:source|revision|version)|org\.label-schema\.vcs-.*|.*\$.*"
)
_SOURCE, _REVISION = "org.opencontainers.image.source", "org.opencontainers.image.revision"
_IN_ACTION = (
    f"{_SOURCE}=${{{{ github.server_url }}}}/${{{{ github.repository }}}}",
    f"{_REVISION}=${{{{ github.sha }}}}",
)
_IN_SHELL = {
    "github": f"--label {_SOURCE}=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY --label {_REVISION}=$GITHUB_SHA",
    "gitlab": f"--label {_SOURCE}=$CI_PROJECT_URL --label {_REVISION}=$CI_COMMIT_SHA",
}
_TRYING_OUT = ("localhost", "127.0.0.1", "kind-registry", "registry:")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    """One finding for all steps of a file that publish the same images, however many of either there are."""
    own = BaseImages(repository.images)
    groups: dict[tuple[str, ...], list[tuple[Publication, list[Image]]]] = defaultdict(list)
    for publication in find_publications(repository.jobs) if repository.images else ():
        images = [image for image in repository.images if _makes(publication, image)]
        bare = [image for image in images if not _has_labels(image) and not own.under(image.final)]
        if bare and not publication.is_labelled:
            groups[publication.at.path, *sorted({image.path for image in bare})].append((publication, bare))
    for group in groups.values():
        yield _problem(repository, [publication for publication, _ in group], group[0][1])


def _makes(publication: Publication, image: Image) -> bool:
    """A build of the image at that place, under a name that is more than a registry for tests."""
    return any(
        build.at == publication.at
        and build.ships
        and not (build.names and all(name.startswith(_TRYING_OUT) for name in build.names))
        for build in image.builds
    )


def _has_labels(image: Image) -> bool:
    return any(_LABELS.fullmatch(name) for name in image.final.labels)


def _problem(repository: Repository, publications: list[Publication], images: list[Image]) -> Problem:
    first, *others = publications
    path = images[0].final.path
    return Problem(
        first.at.start,
        values={"what": _named(path, len({image.path for image in images}))},
        related=(
            *(Related(image.final.base_at, "sets no such label") for image in images[:4]),
            *(Related(other.at.start, "publishes it, too") for other in others[:4]),
        ),
        fix=_fix_all(repository, publications),
        evidence=path,
    )


def _named(path: str, count: int) -> str:
    if count == 1:
        return f"the image of {path} is"
    return f"{count} images, that of {path} among them, are"


def _fix_all(repository: Repository, publications: list[Publication]) -> Fix | None:
    fixes = [_fix(repository, publication) for publication in publications]
    edits = [edit for fix in fixes if fix for edit in fix.edits]
    return Fix(tuple(edits)) if all(fixes) else None


def _fix(repository: Repository, publication: Publication) -> Fix | None:
    text = repository.text(publication.at.path) or ""
    if publication.step:
        push = publication.step.inputs.get("push")
        line = line_at(text, push.at) if push else ""
        if push is None or not line.lstrip().startswith("push:") or "labels" in publication.step.inputs:
            return None
        indent = line[: len(line) - len(line.lstrip())]
        lines = [f"{indent}labels: |", *(f"{indent}  {label}" for label in _IN_ACTION)]
        return Fix((Edit(push.at.path, push.at.span.end_line + 1, push.at.span.end_line, "\n".join(lines)),))
    command = publication.command
    if command is None or command.words[:2] != ("docker", "build"):
        return None
    return Fix((replace_at(text, command.word_at(1), f"build {_IN_SHELL[publication.job.system]}"),))
