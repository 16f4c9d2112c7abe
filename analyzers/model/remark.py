"""How readers of the model say what they did not follow, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

Remark = Callable[[str, str, int], None]
"""Told the file, the reason and the line."""


def unheard(path: str, reason: str, line: int) -> None:
    """For who reads one part alone."""
