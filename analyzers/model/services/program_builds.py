"""The commands that build a service's program inside its image."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.model.service import Service
from analyzers.model.services.building import BuildTarget, build_targets
from analyzers.model.services.carrying import places_in_image


def program_builds(service: Service) -> Iterator[BuildTarget]:
    """Those whose outcome lies in the image that ships."""
    image, program = service.image, service.program
    if image is None or program is None:
        return
    for stage in service.build_stages:
        for target in build_targets(stage, image.context):
            output = target.go.output or posixpath.join(target.go.into, program.name)
            if _builds(target.directory, program.directory) and places_in_image(image, stage, output):
                yield target


def _builds(target: str, directory: str) -> bool:
    if not target.endswith("..."):
        return target == directory
    folder = target.removesuffix("...").rstrip("/")
    return not folder or directory == folder or directory.startswith(f"{folder}/")
