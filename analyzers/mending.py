"""Turns new texts for parts of lines into the whole-line edits that a forge can apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzers.finding import Fix
from analyzers.fixes.lines import replace_at
from analyzers.rule import Replacement


def mend(replacements: Sequence[Replacement], read: Callable[[str], str | None]) -> Fix | None:
    """The edits that make all replacements, each on lines of its own; None where there are none."""
    edits = []
    for replacement in replacements:
        text = read(replacement.at.path)
        if text is None:
            return None
        edits.append(replace_at(text, replacement.at, replacement.text))
    return Fix(tuple(edits)) if edits else None
