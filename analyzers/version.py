"""Our version, as the installed package states it."""

from __future__ import annotations

from functools import cache


@cache
def our_version() -> str:
    """Asked for, not known at the start: the standard library takes its time to look."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("shipworthy")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "0+source"
