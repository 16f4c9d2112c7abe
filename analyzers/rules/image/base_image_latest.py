from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.digest_pinning import find_keeper
from analyzers.model.images.base_image import has_no_versions
from analyzers.model.images.build_arguments import is_named_elsewhere
from analyzers.model.images.outside_images import OutsideImage, outside_images
from analyzers.model.repository import Repository
from analyzers.model.scope import follows_the_newest
from analyzers.model.services.base_images import BaseImages
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    own = BaseImages(repository.images)
    is_pinned = find_keeper(repository.sources) in ("pinning", "unknown")
    for image in repository.images:
        if follows_the_newest(image.path):
            continue
        for stage in image.stages:
            for outside in outside_images(image, stage):
                is_kept = is_pinned and has_no_versions(outside.reference)
                if _is_loose(outside) and not is_kept and not _is_decided_elsewhere(outside, repository, own):
                    yield _problem(outside)


def _is_loose(outside: OutsideImage) -> bool:
    return not outside.reference.digest and outside.reference.tag in ("", "latest")


def _is_decided_elsewhere(outside: OutsideImage, repository: Repository, own: BaseImages) -> bool:
    """It is built in this repository, or a variable in its name may be set by a build."""
    if outside.keyword != "FROM":
        return False
    written = repository.text_at(outside.at)
    is_given = "$" in written and is_named_elsewhere(written, repository.sources)
    return is_given or own.under(outside.stage) is not None


def _problem(outside: OutsideImage) -> Problem:
    image = outside.reference
    case = ("" if outside.keyword == "FROM" else "copied", "" if image.tag else "untagged")
    if has_no_versions(image) and outside.keyword == "FROM":
        case = ("unversioned", "")
    return Problem(
        outside.at,
        values={"image": image.text, "keyword": outside.keyword},
        evidence=image.repository,
        case="-".join(filter(None, case)),
    )
