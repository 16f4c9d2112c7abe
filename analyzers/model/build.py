"""A build of an image: which Dockerfile, from which folder, up to which stage, under which names.

Compose files, bake files, CI jobs and skaffold ask for builds; `builds/` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.parsers.light import light_record


@light_record
class Build:
    """One build. Paths lie in the repository ('' is its root) and are None where they cannot be known."""

    at: Location
    by: Literal["compose", "bake", "pipeline", "skaffold", "script", "goreleaser"]
    dockerfile: str | None
    context: str | None
    target: str | None = ""
    """The stage that is built; empty for the last one, None where it cannot be known."""
    names: tuple[str, ...] = ()
    """Repositories (familiar, without tag) that the image is pushed or run as; only known ones."""
    short_names: tuple[str, ...] = ()
    """The last parts of names of which the front is not known: `orders` of `$REGISTRY/orders:$TAG`."""
    args: Mapping[str, Fact[str]] = field(default_factory=dict)
    """Build arguments it sets."""
    is_from_git: bool = False
    """The builder fetches the commit itself: what is not tracked, `.git` too, stays out of the context."""
    is_pushed: bool = False
    """The script that asks for it pushes an image, which is taken to be this one."""
    ships: bool = True
    """An image is meant to come out of it: it is no test, no part of another build, no export of files."""
