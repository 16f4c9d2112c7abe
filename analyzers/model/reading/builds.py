"""Every build of an image that the repository's files ask for: compose files, CI jobs."""

from __future__ import annotations

from analyzers.model.compose import Compose, is_compose, read_compose
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.sources import Sources


def read_composes(sources: Sources) -> tuple[Compose, ...]:
    paths = filter(is_compose, sources.paths)
    return tuple(read_compose(path, found) for path in paths if (found := sources.parse(path, parse_yaml)))
