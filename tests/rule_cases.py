"""The cases of every rule, a review in which one rule speaks alone, and fixes applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analyzers import Config, Report, check
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles
from analyzers.finding import Fix
from analyzers.model.modules.advisories import AdvisoryDatabase, directory_reader
from analyzers.rule import Rule
from tests.casebook import Case, read_cases
from tests.fix_trial import edited

MORE_CASES = Path(__file__).parent / "rules"
ADVISORIES = AdvisoryDatabase(directory_reader(Path(__file__).parent / "advisories"))
RULES = load_rules()


def cases_of(rule: Rule) -> list[Case]:
    """Those of its page, then the further ones."""
    more = MORE_CASES / rule.page_path.name
    return read_cases(rule.page_path) + (read_cases(more) if more.exists() else [])


def every_case() -> Iterator[tuple[Rule, Case]]:
    for rule in RULES.values():
        for case in cases_of(rule):
            yield rule, case


def review_with(rule: Rule, files: Mapping[str, str]) -> Report:
    """Only the rule under test speaks."""
    others = {name: "not under test" for name in RULES if name != rule.id}
    return check(MemoryFiles(files), Config(disabled=others), ADVISORIES)


def apply(fixes: Iterable[Fix], files: Mapping[str, str]) -> dict[str, str]:
    """The files with every edit made."""
    edits = [edit for fix in fixes for edit in fix.edits]
    paths = {**files, **{edit.path: "" for edit in edits if edit.path not in files}}
    return {path: edited(text, [edit for edit in edits if edit.path == path]) for path, text in paths.items()}
