from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.digest_pinning import find_keeper
from analyzers.model.image import Image, Stage
from analyzers.model.repository import Repository
from analyzers.model.services.base_images import BaseImages
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    """One finding for each Dockerfile: the base that ships, or else the first one."""
    keeper = find_keeper(repository.sources)
    if keeper in ("pinning", "unknown"):
        return
    own = BaseImages(repository.images)
    for path in dict.fromkeys(image.path for image in repository.images):
        images = [image for image in repository.images if image.path == path]
        loose = [
            stage for stage in _external(images) if _is_loose(stage, repository) and not own.under(stage)
        ]
        if loose:
            yield _problem(images[-1].final, loose, "" if keeper == "none" else keeper)


def _external(images: list[Image]) -> list[Stage]:
    """The stages of a Dockerfile that start from images of others, in its order."""
    used = {stage.index: stage for image in images for stage in image.used_stages if stage.base}
    return [used[index] for index in sorted(used)]


def _is_loose(stage: Stage, repository: Repository) -> bool:
    """A tag that is written out, and no digest. What a variable decides is not known."""
    base = stage.base.value if stage.base else None
    if base is None or base.digest or base.tag in ("", "latest"):
        return False
    return "$" not in repository.text_at(stage.base_at)


def _problem(final: Stage, loose: list[Stage], case: str) -> Problem:
    root = final.root
    chosen = next((stage for stage in loose if stage.index == root.index), loose[0])
    others = [stage for stage in loose if stage is not chosen]
    image = chosen.base.value if chosen.base else None
    return Problem(
        chosen.base_at,
        values={"image": image.text if image else "", "others": _others(len(others))},
        related=tuple(Related(stage.base_at, "has no digest either") for stage in others[:4]),
        evidence="no digest",
        case=case,
    )


def _others(count: int) -> str:
    return (
        "" if not count else " (nor has 1 other here)" if count == 1 else f" (nor have {count} others here)"
    )
