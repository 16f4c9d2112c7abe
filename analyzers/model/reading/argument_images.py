"""One Dockerfile for many services: the image of each build, where a build argument chooses the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analyzers.model.build import Build
from analyzers.model.image import Image
from analyzers.model.images.build_context import TreeIndex
from analyzers.model.images.dockerfile_reader import read_images_of
from analyzers.model.images.final_stages import shipping
from analyzers.parsers.dockerfile import parse_dockerfile
from analyzers.parsers.problem import Unreadable
from analyzers.sources import Sources

MOST_IMAGES = 200
"""Of one Dockerfile."""


def read_argument_images(sources: Sources, images: Iterable[Image]) -> Mapping[str, tuple[Image, ...]]:
    """By Dockerfile, the images of its builds where they set arguments differently."""
    index = TreeIndex(sources.tree)
    builds = {image.path: image.builds for image in images}
    found = {}
    for path, made_by in builds.items():
        groups = _by_arguments(made_by)
        if len(groups) > 1:
            found[path] = tuple(_images(sources, path, index, groups))
    return found


def _by_arguments(builds: Sequence[Build]) -> Sequence[tuple[Build, ...]]:
    """Builds that set the same arguments, and nothing unknown, make the same image."""
    groups: dict[frozenset[tuple[str, str]], list[Build]] = defaultdict(list)
    for build in shipping(builds):
        known = {(name, fact.value) for name, fact in build.args.items() if fact.value is not None}
        groups[frozenset(known)].append(build)
    return [tuple(group) for group in groups.values()][:MOST_IMAGES]


def _images(
    sources: Sources, path: str, index: TreeIndex, groups: Iterable[tuple[Build, ...]]
) -> Iterable[Image]:
    parsed = sources.parse(path, parse_dockerfile)
    if parsed is None:
        return
    for group in groups:
        try:
            yield from read_images_of(path, parsed, index, group)
        except Unreadable:
            return
