"""A known vulnerability of a Go module, as the Go vulnerability database tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from analyzers.parsers.light import light_value


@light_value
class Advisory:
    """`fixed` is the first version without it after the one in use, as the database writes it
    (`0.17.0`), empty where there is none.

    `packages` are the affected import paths, empty where the database does not say. `symbols` are what of
    each the others can call (`Parse`, `Server.Serve`); a package that is not in it is affected as a whole.
    """

    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: str
    packages: tuple[str, ...] = ()
    reviewed: bool = False
    symbols: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
