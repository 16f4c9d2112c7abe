"""Tags that their owners move, and tags of the same images that other files of a repository name."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.model.image import ImageRef

_MUTABLE = frozenset(
    {"", "dev", "develop", "edge", "latest", "main", "master", "nightly", "stable", "staging"}
)


def is_mutable(tag: str) -> bool:
    """Another image bears it after every release, or every push. No tag at all means `latest`."""
    return tag.lower() in _MUTABLE


def moves(image: ImageRef) -> bool:
    """What the reference means changes without a commit."""
    return not image.digest and is_mutable(image.tag)


def pinned_twin(image: ImageRef, others: Iterable[ImageRef]) -> ImageRef | None:
    """The one reference to the same image that does not move; None without one, and where several differ."""
    same = {
        other.text: other for other in others if other.repository == image.repository and not moves(other)
    }
    return next(iter(same.values())) if len(same) == 1 else None
