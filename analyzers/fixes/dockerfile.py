"""Edits of instructions in a Dockerfile."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.finding import Edit, Fix, Location
from analyzers.fixes.lines import line_at
from analyzers.model.image import Entry, Image
from analyzers.model.images.broken_array import as_array


def keyword_at(image: Image, at: Location) -> str:
    """The keyword of the instruction that begins at a place."""
    return line_at(image.text, at).split(None, 1)[0].upper()


def in_array_form(image: Image, entry: Entry, words: Sequence[str]) -> Fix | None:
    """The instruction with its command as a JSON array; None where flags or a comment stand in between."""
    lines = image.text.split("\n")[entry.at.span.line - 1 : entry.at.span.end_line]
    text = "\n".join(line.rstrip("\r") for line in lines)
    array = as_array(words)
    if len(lines) == 1:
        before, found, after = text.rpartition(entry.text)
        new = f"{before}{array}" if found and not after.strip() else None
    else:
        indent = text[: len(text) - len(text.lstrip())]
        is_plain = keyword_at(image, entry.at) in ("CMD", "ENTRYPOINT") and "#" not in text
        new = f"{indent}{text.split(None, 1)[0]} {array}" if is_plain else None
    span = entry.at.span
    return None if new is None else Fix((Edit(image.path, span.line, span.end_line, new),))
