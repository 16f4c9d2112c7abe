"""The form of a rule: a generator over one subject in `name.py`, its words in `name.md` beside it.

The code judges, the page speaks: a rule yields `Problem`s (places and values), the page's front
matter turns them into sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from analyzers.finding import Fix, Location, Related
from analyzers.page import Entry
from analyzers.parsers.light import light_record, light_value


@light_value
class Replacement:
    """New text for what stands at a place; the rest of its lines stays."""

    at: Location
    text: str


@light_value
class Problem:
    """What a rule saw: where, with which values, and what mends it: whole lines (`fix`) or parts of lines.

    `values` fill the named placeholders of the page. `evidence` is what makes this finding itself,
    whatever line it moves to; left empty, the text at `at` stands for it. `case` chooses one of
    the page's `cases`, where a rule's words or severity differ. `secret` is what no report may show.
    """

    at: Location
    values: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    replacements: tuple[Replacement, ...] = ()
    evidence: str = ""
    case: str = ""
    secret: Location | None = None


Check = Callable[[Any], Iterator[Problem]]


@light_record
class Rule(Entry):
    """A judgement with a name. `subject` is the model class it judges."""

    subject: type
    check: Check


def rule(check: Check) -> Rule:
    """Turn a generator into a rule.

    Its id is its file's name with dashes, its chapter the folder, its subject the type of its one
    argument. The plain function stays reachable as `check.check`.
    """
    file = Path(check.__code__.co_filename)
    (subject,) = (hint for name, hint in check.__annotations__.items() if name != "return")
    kind = check.__globals__[subject]
    return Rule(file.stem.replace("_", "-"), file.parent.name, file.with_suffix(".md"), kind, check)
