"""What commands print, and where to: colours for a person, plain text for a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def write(output: Path, text: str) -> None:
    """Raises UsageError where the file cannot be written."""
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as reason:
        raise click.UsageError(f"the report cannot be written to {output}: {reason.strerror}") from reason


def paint(text: str, role: str) -> str:
    """The text in the colour of its role, as `analyzers.reports.text.Paint` has them."""
    # False is no absence here: it is the code that ends bold and dim alike.
    return click.style(text, fg=_COLOURS.get(role), bold=role == "bold" or None, dim=role == "dim" or None)


def is_coloured(choice: str, output: Path | None) -> bool:
    """Flag, then NO_COLOR, then FORCE_COLOR, then whether a person looks."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (output is None and sys.stdout.isatty())
