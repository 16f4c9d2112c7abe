"""All rules, found by walking `analyzers/rules`: a new rule edits no existing file."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.page import Entry

if TYPE_CHECKING:
    from analyzers.rule import Rule

RULES_FOLDER = Path(__file__).parent / "rules"


@cache
def find_rules() -> Mapping[str, Entry]:
    """Every rule by id, sorted, to be read about: none is imported, and no model with it."""
    files = sorted(RULES_FOLDER.glob("*/[!_]*.py"), key=lambda file: file.stem)
    entries = (
        Entry(file.stem.replace("_", "-"), file.parent.name, file.with_suffix(".md")) for file in files
    )
    return {entry.id: entry for entry in entries}


@cache
def load_rules() -> dict[str, Rule]:
    """Every rule by id, sorted. A module in a chapter without a `check` rule is an error."""
    rules: dict[str, Rule] = {}
    for entry in find_rules().values():
        module = importlib.import_module(f"analyzers.rules.{entry.chapter}.{entry.page_path.stem}")
        rules[entry.id] = module.check
    return rules
