"""The repository that a command's paths lie in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.worktree import find_root


def locate(paths: Sequence[Path]) -> tuple[Path, tuple[str, ...]]:
    """Its root, and the paths as seen from there. Raises UsageError where they lie in several."""
    try:
        roots = {find_root(path) for path in paths}
    except LookupError as nothing:
        raise click.UsageError(str(nothing)) from nothing
    if len(roots) > 1:
        raise click.UsageError(
            "the paths lie in different repositories: " + ", ".join(map(str, sorted(roots)))
        )
    root = roots.pop()
    return root, tuple(path.resolve().relative_to(root.resolve()).as_posix() for path in paths)
