"""Every image of a repository."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analyzers.model.build import Build
from analyzers.model.image import Image
from analyzers.model.images.build_context import TreeIndex
from analyzers.model.images.dockerfile_reader import read_images_of
from analyzers.model.scope import is_deployed_dockerfile
from analyzers.parsers.dockerfile import Dockerfile, find_refusals, parse_dockerfile
from analyzers.parsers.dockerignore import parse_dockerignore
from analyzers.parsers.problem import Unreadable
from analyzers.selection import is_dockerfile
from analyzers.sources import Sources


def read_images(sources: Sources, builds: Sequence[Build] = ()) -> tuple[Image, ...]:
    """The images of every Dockerfile that is meant to ship."""
    by_path: dict[str | None, list[Build]] = defaultdict(list)
    for build in builds:
        by_path[build.dockerfile].append(build)
    paths = [path for path in sources.paths if is_dockerfile(path) and is_deployed_dockerfile(path)]
    return tuple(_images(sources, paths, by_path))


def _images(
    sources: Sources, paths: Sequence[str], builds: Mapping[str | None, Sequence[Build]]
) -> Iterator[Image]:
    index = sources.share(_index)
    for path in paths:
        try:
            if parsed := sources.parse(path, parse_dockerfile):
                for line, reason in find_refusals(parsed):
                    sources.note(path, f"cannot be built: {reason}", line)
                yield from sources.share(_images_of, path, parsed, index, builds.get(path, ()), of=path)
        except Unreadable as problem:
            sources.note(path, problem.reason, problem.line)


def _index(sources: Sources) -> TreeIndex:
    return TreeIndex(sources.tree)


def _images_of(
    sources: Sources, path: str, parsed: Dockerfile, index: TreeIndex, builds: Sequence[Build]
) -> tuple[Image, ...]:
    return tuple(_with_ignores(image, sources) for image in read_images_of(path, parsed, index, builds))


def _with_ignores(image: Image, sources: Sources) -> Image:
    """The Dockerfile's own ignore file wins over the one at the root of the context.

    https://docs.docker.com/build/concepts/context/#filename-and-location
    """
    own = f"{image.path}.dockerignore"
    for path in (own, posixpath.join(image.context, ".dockerignore")):
        if path in sources.tree:
            return replace(image, ignore_path=path, ignored=sources.parse(path, parse_dockerignore))
    return image
