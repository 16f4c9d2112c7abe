"""Reads cases out of Markdown: a heading is a case, a named block is a file of its repository.

In a block, `# finding: words` (or `//`) at the end of a line says that a finding stands there whose
message holds the words; `# related` marks its partner. Marks are taken off before the analysis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

# A block is matched before a heading, so that a comment inside it is not taken for one.
_PART = re.compile(
    r"^`(?P<path>[^`\n]+)`:\n+(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$"
    r"|^(?P<other>`{3,})[^\n]*\n.*?^(?P=other)$"
    r"|^#+ (?P<heading>[^\n]+)$",
    re.M | re.S,
)
_MARK = re.compile(r"[ \t]*(?:#|//) (?P<kind>finding|related)(?:: (?P<words>.+))?$")


@dataclass
class Case:
    """A small repository, and what a review of it says."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    findings: dict[tuple[str, int], str] = field(default_factory=dict)
    related: set[tuple[str, int]] = field(default_factory=set)

    def add(self, path: str, text: str) -> None:
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            if mark := _MARK.search(line):
                lines[number - 1] = line[: mark.start()]
                if mark["kind"] == "finding":
                    self.findings[path, number] = mark["words"] or ""
                else:
                    self.related.add((path, number))
        self.files[path] = "\n".join(lines) + "\n"


def read_cases(page: Path) -> list[Case]:
    """The cases of a Markdown file, those without files left out."""
    cases: list[Case] = []
    for part in _PART.finditer(page.read_text(encoding="utf-8")):
        if part["heading"]:
            cases.append(Case(part["heading"]))
        elif part["path"]:
            cases[-1].add(part["path"], part["text"])
    return [case for case in cases if case.files]
