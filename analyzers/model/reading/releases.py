"""Every release configuration of a repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.model.build import Build
from analyzers.model.builds.places import repositories_of, short_names_of
from analyzers.model.release import Release, is_release, read_release
from analyzers.model.scope import is_deployed
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.sources import Sources


def read_releases(sources: Sources) -> tuple[Release, ...]:
    paths = (path for path in sources.paths if is_release(path) and is_deployed(path))
    documents = ((path, sources.parse(path, parse_yaml)) for path in paths)
    return tuple(
        release for path, found in documents if found and (release := read_release(path, found)) is not None
    )


def release_builds(releases: Iterable[Release]) -> Iterator[Build]:
    """The builds that releases make; their context is a folder that exists only then."""
    for release in releases:
        for image in release.images:
            yield Build(
                at=image.at,
                by="goreleaser",
                dockerfile=image.dockerfile,
                context=None,
                names=repositories_of(image.names),
                short_names=short_names_of(image.names),
            )
