"""Every image of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.model.image import Image
from analyzers.model.images.build_context import TreeIndex
from analyzers.model.images.dockerfile_reader import read_image
from analyzers.model.scope import is_deployed_dockerfile
from analyzers.parsers.dockerfile import find_refusals, parse_dockerfile
from analyzers.parsers.problem import Unreadable
from analyzers.selection import is_dockerfile
from analyzers.sources import Sources


def read_images(sources: Sources) -> tuple[Image, ...]:
    """Every Dockerfile whose image is meant to ship."""
    paths = [path for path in sources.paths if is_dockerfile(path) and is_deployed_dockerfile(path)]
    return tuple(image for image in _images(sources, paths) if image.stages)


def _images(sources: Sources, paths: Sequence[str]) -> Iterator[Image]:
    index = TreeIndex(sources.tree)
    for path in paths:
        try:
            if parsed := sources.parse(path, parse_dockerfile):
                for line, reason in find_refusals(parsed):
                    sources.note(path, f"cannot be built: {reason}", line)
                yield read_image(path, parsed, index)
        except Unreadable as problem:
            sources.note(path, problem.reason, problem.line)
