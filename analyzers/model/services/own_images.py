"""Which of the images that manifests name are built in the repository, and by what."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.model.build import Build
from analyzers.model.image import ImageRef

_FOR_DEVELOPERS = frozenset({"compose", "script", "skaffold"})


def builders_of(image: ImageRef, builds: Iterable[Build]) -> tuple[Build, ...]:
    """The builds that may make an image: by its name, or by the end of one whose front is not known."""
    return tuple(
        build
        for build in builds
        if image.repository in build.names
        or image.short_name in build.short_names
        or image.short_name in {name.rpartition("/")[2] for name in build.names}
    )


def is_for_developers(image: ImageRef, builds: Iterable[Build]) -> bool:
    """Only what developers run on their own machines builds it, or its name leads to no registry."""
    found = builders_of(image, builds)
    is_bare = "/" not in image.repository
    is_local = all(build.by in _FOR_DEVELOPERS and not build.is_pushed for build in found)
    return bool(found) and (is_bare or is_local)
