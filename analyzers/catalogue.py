"""All rules, found by walking `analyzers/rules`: a new rule edits no existing file."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from analyzers.rule import Rule

RULES_FOLDER = Path(__file__).parent / "rules"


@cache
def load_rules() -> dict[str, Rule]:
    """Every rule by id, sorted. A module in a chapter without a `check` rule is an error."""
    rules: dict[str, Rule] = {}
    for file in sorted(RULES_FOLDER.glob("*/*.py"), key=lambda file: file.stem):
        if file.stem.startswith("_"):
            continue
        module = importlib.import_module(f"analyzers.rules.{file.parent.name}.{file.stem}")
        found: Rule = module.check
        rules[found.id] = found
    return rules
