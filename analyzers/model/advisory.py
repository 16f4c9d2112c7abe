"""A known vulnerability of a Go module, as the Go vulnerability database tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advisory:
    """`fixed` is the first version without it after the one in use, as the database writes it
    (`0.17.0`), empty where there is none.

    `packages` are the affected import paths, empty where the database does not say.
    """

    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: str
    packages: tuple[str, ...] = ()
    reviewed: bool = False
