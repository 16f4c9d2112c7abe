"""One hostile tree of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300
"""What one tree may cost: processor time, shown by `make bench`, and memory, held to by the tests."""


@dataclass(frozen=True)
class Hostile:
    """`is_given_up` tells whether a note must say that something was not analysed; None leaves it open."""

    name: str
    files: Callable[[], Mapping[str, bytes]]
    is_given_up: bool | None = True


def one_file(name: str, path: str, content: bytes, *, is_given_up: bool | None = True) -> Hostile:
    return Hostile(name, lambda: {path: content}, is_given_up)
