"""A rule's page: front matter that phrases its findings, and the prose a person reads.

Front matter (YAML): `severity`, `confidence`, `message`, `why`, `fix`, `references`, and optional
`cases`, each a name with any of the first five replaced, and `yields_to`, the rules of whose findings
this one's are only a consequence.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from analyzers.finding import Confidence, Severity
from analyzers.parsers.light import light_record, light_value


@light_value
class Wording:
    """How one case of a rule is said. The texts may hold `{named}` placeholders."""

    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fix: str

    def placeholders(self) -> frozenset[str]:
        """The names a `Problem`'s values must give."""
        texts = (self.message, self.why, self.fix)
        return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)

    def say(self, values: Mapping[str, object]) -> tuple[str, str, str]:
        """The message, the reason and the advice. Raises KeyError where a value is missing."""
        return tuple(text.format_map(values) for text in (self.message, self.why, self.fix))  # type: ignore[return-value]


@light_value
class Page:
    """One rule's page. `body` is the Markdown below the front matter, `title` its first heading."""

    title: str
    wording: Wording
    cases: Mapping[str, Wording]
    references: tuple[str, ...]
    body: str
    yields_to: tuple[str, ...] = ()

    def wording_of(self, case: str) -> Wording:
        return self.cases[case] if case else self.wording

    def section(self, heading: str) -> str:
        """What stands below a heading of the second level; empty where there is none."""
        _, _, rest = f"\n{self.body}\n".partition(f"\n## {heading}\n")
        return rest.partition("\n## ")[0].strip()


@light_record
class Entry:
    """A rule as the catalogue lists it: its name, and its page, which is read when it is asked for."""

    id: str
    chapter: str
    page_path: Path

    @cached_property
    def page(self) -> Page:
        return read_page(self.page_path)


def read_page(path: Path) -> Page:
    """Read a page of ours. Raises ValueError naming the file when its form is wrong."""
    import yaml

    text = path.read_text(encoding="utf-8")
    try:
        _, front, body = text.split("---\n", 2)
        matter = yaml.load(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        return _page(matter, body.strip())
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"{path}: not a rule page: {problem!r}") from problem


def _page(matter: Mapping[str, object], body: str) -> Page:
    title, _, rest = body.partition("\n")
    texts = {name: str(matter[name]).strip() for name in ("message", "why", "fix")}
    wording = Wording(Severity(str(matter["severity"])), Confidence(str(matter["confidence"])), **texts)
    cases = matter.get("cases") or {}
    if not isinstance(cases, Mapping):
        raise TypeError("cases is a mapping")
    return Page(
        title=title.removeprefix("# ").strip(),
        wording=wording,
        cases={name: _variant(wording, changes) for name, changes in cases.items()},
        references=_listed(matter, "references"),
        body=rest.strip(),
        yields_to=_listed(matter, "yields_to"),
    )


def _listed(matter: Mapping[str, object], name: str) -> tuple[str, ...]:
    entries = matter.get(name) or []
    if not isinstance(entries, list):
        raise TypeError(f"{name} is a list")
    return tuple(map(str, entries))


def _variant(wording: Wording, changes: Mapping[str, str]) -> Wording:
    typed: dict[str, object] = {name: value.strip() for name, value in changes.items()}
    if "severity" in typed:
        typed["severity"] = Severity(str(typed["severity"]))
    if "confidence" in typed:
        typed["confidence"] = Confidence(str(typed["confidence"]))
    return replace(wording, **typed)  # type: ignore[arg-type]
