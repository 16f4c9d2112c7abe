"""Every image of others that a stage starts from, copies from or mounts."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.image import Image, ImageRef, Stage
from analyzers.model.images.reference import read_reference
from analyzers.parsers.light import light_value

_ONE_WORD = frozenset(
    {
        "alpine",
        "bash",
        "busybox",
        "caddy",
        "curl",
        "debian",
        "docker",
        "golang",
        "nginx",
        "node",
        "rust",
        "ubuntu",
    }
)
"""Well-known images without an owner in their name. Other single words may be contexts of the build."""


@light_value
class OutsideImage:
    """`keyword` is the instruction that names it: FROM, COPY or RUN."""

    reference: ImageRef
    at: Location
    keyword: str
    stage: Stage


def outside_images(image: Image, stage: Stage) -> Iterator[OutsideImage]:
    """In the order of the stage; what a variable decides in a COPY or a mount is left out."""
    if stage.base and stage.base.value:
        yield OutsideImage(stage.base.value, stage.base_at, "FROM", stage)
    for copy in stage.copies:
        if found := _outside(copy.from_, image):
            yield OutsideImage(found, copy.at, "ADD" if copy.is_add else "COPY", stage)
    for run in stage.runs:
        for mount in run.mounts:
            if found := _outside(mount.get("from", ""), image):
                yield OutsideImage(found, run.at, "RUN", stage)


def _outside(named: str, image: Image) -> ImageRef | None:
    if not named or "$" in named or image.stage(named):
        return None
    is_sure = "/" in named or ":" in named or named in _ONE_WORD
    return read_reference(named) if is_sure else None
