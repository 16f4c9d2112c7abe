"""Paths as a database takes them."""

from __future__ import annotations


def storable(path: str) -> str:
    """No database takes the bytes of a path that are no UTF-8: each becomes a question mark."""
    return path.encode("utf-8", "replace").decode()
