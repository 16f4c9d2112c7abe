"""The cache of contents: what it keeps, and what it lets go."""

from __future__ import annotations

from bot.forges.blobs import BlobCache


def test_what_was_never_kept_is_not_known() -> None:
    assert BlobCache().known(["a"]) == {}


def test_what_was_kept_is_known_the_empty_file_too() -> None:
    cache = BlobCache()
    cache.keep("a", b"1")
    cache.keep("b", b"")

    assert cache.known(["a", "b", "c"]) == {"a": b"1", "b": b""}


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache = BlobCache(capacity=3000)
    for name in ("a", "b"):
        cache.keep(name, b"x" * 1000)
    cache.known(["a"])
    cache.keep("c", b"x" * 1000)

    assert set(cache.known(["a", "b", "c"])) == {"a", "c"}


def test_a_content_larger_than_all_pushes_nothing_out() -> None:
    cache = BlobCache(capacity=3000)
    cache.keep("a", b"1")
    cache.keep("b", b"x" * 5000)

    assert set(cache.known(["a", "b"])) == {"a"}
