"""Secrets taken out of what reports show of a file."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.parsers.position import Span

MASK = "*"


def mask(text: str, secrets: Iterable[Span]) -> str:
    """The text with each character of the secrets replaced; lines and columns stay."""
    lines = text.split("\n")
    for span in secrets:
        for number in range(span.line, min(span.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = span.column - 1 if number == span.line else 0
            end = min(span.end_column - 1, len(line)) if number == span.end_line else len(line)
            lines[number - 1] = line[:start] + MASK * (end - start) + line[end:]
    return "\n".join(lines)
