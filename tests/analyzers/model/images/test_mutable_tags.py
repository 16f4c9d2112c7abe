"""Tags that their owners move."""

from __future__ import annotations

import pytest

from analyzers.model.image import ImageRef
from analyzers.model.images.mutable_tags import is_mutable, moves, pinned_twin


@pytest.mark.parametrize("tag", ["", "latest", "main", "Master", "dev", "stable", "nightly"])
def test_tags_that_are_moved(tag: str) -> None:
    assert is_mutable(tag)


@pytest.mark.parametrize("tag", ["1", "v2.0.0", "main-4f3a2b1", "latest-2024", "stable-alpine"])
def test_tags_that_say_more(tag: str) -> None:
    assert not is_mutable(tag)


def test_a_digest_stays() -> None:
    assert not moves(ImageRef("redis", "redis", "", "sha256:4f"))


def test_the_one_that_is_pinned() -> None:
    image, old, new = (ImageRef(f"redis:{tag}", "redis", tag) for tag in ("latest", "7.2", "7.4"))
    assert pinned_twin(image, [image, old, ImageRef("nats:2", "nats", "2"), old]) == old
    assert pinned_twin(image, [old, new]) is None
    assert pinned_twin(image, [image]) is None
