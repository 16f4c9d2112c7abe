"""Images of the repository that other images of it start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from analyzers.model.image import Image, Stage


class BaseImages:
    """Images by the names that builds give them; a name that two of them bear is nobody's."""

    def __init__(self, images: Iterable[Image]) -> None:
        self._by_name: dict[str, list[Image]] = defaultdict(list)
        for image in images:
            for name in {name for build in image.builds for name in build.names}:
                self._by_name[name].append(image)

    def under(self, stage: Stage) -> Image | None:
        """The image that a stage starts from, where it is built here from another Dockerfile."""
        base = stage.root.base
        found = self._by_name.get(base.value.repository, ()) if base and base.value else ()
        return found[0] if len(found) == 1 and found[0].path != stage.path else None

    def of(self, image: Image) -> tuple[Image, ...]:
        """All that the stages of an image start from."""
        found = (self.under(stage) for stage in image.used_stages)
        return tuple({base.path: base for base in found if base}.values())
