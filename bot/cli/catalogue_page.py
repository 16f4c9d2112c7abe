"""All rules on one page, in Markdown, each with a link to its own."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from itertools import groupby

from analyzers.finding import Severity
from analyzers.page import Entry

_HEAD = """\
# The catalogue

{count} rules in {chapters} chapters, each with a page of its own.
Made by `make catalogue`; a test holds it to the rules.
"""


def render_catalogue(rules: Iterable[Entry]) -> str:
    """A table for each chapter. Links lead from the folder of the rules to their pages."""
    ordered = sorted(rules, key=lambda rule: (rule.chapter, rule.id))
    chapters = [(name, list(found)) for name, found in groupby(ordered, lambda rule: rule.chapter)]
    tables = ("\n".join(_table(name, found)) for name, found in chapters)
    return _HEAD.format(count=len(ordered), chapters=len(chapters)) + "".join(
        f"\n{table}\n" for table in tables
    )


def _table(chapter: str, rules: Iterable[Entry]) -> Iterator[str]:
    purpose = importlib.import_module(f"analyzers.rules.{chapter}").__doc__
    yield f"## {chapter}\n\n{purpose}\n"
    yield "| rule | severity | in short |"
    yield "| - | - | - |"
    for rule in rules:
        page = f"{chapter}/{rule.page_path.name}"
        yield f"| [{rule.id}]({page}) | {_severities(rule)} | {rule.page.title} |"


def _severities(rule: Entry) -> str:
    """The worst of its cases first."""
    used = {wording.severity for wording in (rule.page.wording, *rule.page.cases.values())}
    return ", ".join(severity for severity in Severity if severity in used)
