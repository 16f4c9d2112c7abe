"""Edits of a line that sets a variable: `ENV NAME=value`, `NAME: value`, `export NAME=value`."""

from __future__ import annotations

import re

from analyzers.finding import Edit, Fix, Location
from analyzers.fixes.lines import line_at


def set_variable(text: str, at: Location, old: tuple[str, str], new: tuple[str, str]) -> Fix | None:
    """Another name and value in the place of a setting; None where its line has it in no plain way."""
    name, value = old
    line = line_at(text, at)
    setting = re.compile(
        rf"(?<![\w$]){re.escape(name)}(?P<between>\s?[=:]\s*|\s+)(?P<quote>[\"']?){re.escape(value)}(?P=quote)(?=\s|$)"
    )
    if len(setting.findall(line)) != 1:
        return None
    edited = setting.sub(
        lambda found: f"{new[0]}{found['between']}{found['quote']}{new[1]}{found['quote']}", line
    )
    return Fix((Edit(at.path, at.line, at.line, edited),))
