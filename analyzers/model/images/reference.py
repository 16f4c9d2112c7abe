"""References to images, for whoever names one: FROM lines, manifests, CI jobs."""

from __future__ import annotations

from analyzers.model.image import ImageRef
from analyzers.parsers.image_name import parse_image_name


def read_reference(text: str) -> ImageRef | None:
    """The reference that a text is; None where it is none, such as one with a variable in it."""
    name = parse_image_name(text)
    return ImageRef(text, name.familiar, name.tag, name.digest) if name else None
