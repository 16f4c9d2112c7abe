"""Turns new texts for parts of lines into the whole-line edits that a forge can apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analyzers.finding import Edit, Fix
from analyzers.fixes.lines import replace_at

if TYPE_CHECKING:
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


def without_overwriting(fix: Fix | None, read: Callable[[str], str | None]) -> Fix | None:
    """The fix, or None where it would put a literal in the place of a template's `{{ action }}`."""
    return fix if fix and all(_keeps_actions(edit, read(edit.path) or "") for edit in fix.edits) else None


def _keeps_actions(edit: Edit, text: str) -> bool:
    if "{{" not in text:
        return True
    replaced = text.split("\n")[edit.start_line - 1 : edit.end_line]
    return sum(line.count("{{") for line in replaced) <= edit.text.count("{{")
