"""One hostile tree of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hostile:
    """`is_given_up` tells whether a note must say that something was not analysed; None leaves it open."""

    name: str
    files: Callable[[], Mapping[str, bytes]]
    is_given_up: bool | None = True


def one_file(name: str, path: str, content: bytes, *, is_given_up: bool | None = True) -> Hostile:
    return Hostile(name, lambda: {path: content}, is_given_up)
