from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.model.image import Image
from analyzers.model.repository import Repository
from analyzers.model.scripts.rewrites import Rewrite, find_rewrites, lies_in
from analyzers.model.scripts.starting import script_of_image
from analyzers.model.service import Deployed
from analyzers.model.workload import Container
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        script = script_of_image(image, repository.scripts)
        volumes = tuple(fact.value for fact in image.final.volumes if fact.value)
        for rewrite in find_rewrites(script, image.final) if script else ():
            if not lies_in(rewrite.path, volumes):
                yield from _judge(rewrite, _running(repository, image))


def _running(repository: Repository, image: Image) -> list[Deployed]:
    """The containers that start the image as it is meant to start."""
    return [
        deployed
        for service in repository.services
        if service.image and (service.image.path, service.image.target) == (image.path, image.target)
        for deployed in service.deployed
        if deployed.container.command is None
    ]


def _judge(rewrite: Rewrite, running: list[Deployed]) -> Iterator[Problem]:
    bare = [deployed for deployed in running if _is_bare(deployed.container, rewrite.path)]
    frozen = next((deployed for deployed in bare if _is_frozen(deployed.container)), None)
    if frozen and frozen.container.is_read_only:
        yield _problem(rewrite, frozen, Related(frozen.container.is_read_only.at, "nothing can be written"))
    elif bare or not running:
        yield _problem(rewrite, None)


def _is_bare(container: Container, path: str) -> bool:
    """No volume lies over the file, for sure."""
    mounts = [mount.path for mount in container.mounts]
    known = tuple(mount for mount in mounts if mount)
    return container.is_complete and len(known) == len(mounts) and not lies_in(path, known)


def _is_frozen(container: Container) -> bool:
    return container.is_read_only is not None and container.is_read_only.value is True


def _problem(rewrite: Rewrite, frozen: Deployed | None, *related: Related) -> Problem:
    return Problem(
        rewrite.at.start,
        values={
            "tool": rewrite.tool,
            "path": rewrite.path,
            "container": frozen.container.name if frozen else "",
            "partner": related[0].at if related else "",
        },
        related=related,
        evidence=f"{rewrite.tool} {rewrite.path}",
        case="read-only" if frozen else "rendered" if rewrite.tool == "envsubst" else "",
    )
