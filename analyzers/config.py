"""A repository's wishes, as its `.shipworthy.yaml` states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.finding import Severity

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

CONFIG_PATH = ".shipworthy.yaml"


@dataclass(frozen=True)
class Config:
    """Every setting has a default: no file is a good file.

    `fail_on` is None where the file does not say; `never_fails` is its `fail_on: never`.
    """

    exclude: tuple[str, ...] = ()
    """Patterns, as in .gitignore, of files whose findings are not reported."""
    fail_on: Severity | None = None
    never_fails: bool = False
    disabled: Mapping[str, str] = field(default_factory=dict)
    """Rules switched off, each with the reason given."""
    severities: Mapping[str, Severity] = field(default_factory=dict)

    @cached_property
    def _excluded(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.exclude)

    def excludes(self, path: str) -> bool:
        return bool(self.exclude) and self._excluded.match_file(path)

    def enables(self, rule: str) -> bool:
        return rule not in self.disabled

    def severity_of(self, rule: str, default: Severity) -> Severity:
        return self.severities.get(rule, default)
