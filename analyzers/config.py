"""A repository's wishes, as its `.shipworthy.yaml` states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.files import RepoFiles
from analyzers.finding import Note, Severity
from analyzers.parsers.light import light_record, light_value

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

CONFIG_PATH = ".shipworthy.yaml"


class Filter(StrEnum):
    """Where a comment may stand; each allows what the ones before it do. The summary tells the rest.

    A review speaks only of what the change introduced, so that old mistakes on touched lines are no noise
    to be filtered. A strict `added` would keep silent of what a deletion or another file brings about,
    which shows on lines that the change left alone. Hence the default is `file`.
    """

    ADDED = "added"
    """On a line that the change added, or where it took away or changed what caused the finding."""
    DIFF_CONTEXT = "diff_context"
    """On the lines that the diff shows around, too."""
    FILE = "file"
    """On a changed file as a whole, too."""
    ALL = "all"
    """Wherever the forge takes a comment. None takes one on files outside the diff, so today it is `file`."""

    def admits(self, needed: Filter) -> bool:
        steps = list(Filter)
        return steps.index(needed) <= steps.index(self)


@light_value
class Comments:
    """How much is said beside the diff."""

    filter: Filter = Filter.FILE
    min_severity: Severity = Severity.WARNING
    """What is milder gets no comment."""
    max_inline: int = 10
    """Conversations of ours that stand open on a change, old and new together."""
    max_per_rule: int = 3
    on_drafts: bool = False
    """Whether drafts are commented on, too."""


@light_value
class Skip:
    """Which changes are not reviewed. In patterns `*` stands for anything and `?` for one character."""

    labels: tuple[str, ...] = ("no-shipworthy",)
    authors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    """Of the change, not of its base."""


@light_record
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
    comments: Comments = Comments()
    skip: Skip = Skip()

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

    def finds_the_same_as(self, other: Config) -> bool:
        """Whether a tree has the same findings by both; how they are talked of may differ."""
        mine = self.exclude, self.disabled.keys(), self.severities
        return mine == (other.exclude, other.disabled.keys(), other.severities)


def read_config(files: RepoFiles) -> tuple[Config, tuple[Note, ...]]:
    """The settings of a tree, and what is wrong with them."""
    content = files.read([CONFIG_PATH]).get(CONFIG_PATH) if CONFIG_PATH in files.tree else None
    if not content:
        return Config(), ()
    from analyzers.config_file import parse_config

    return parse_config(content)


def find_match(texts: Iterable[str], patterns: Iterable[str]) -> str:
    """The first text that one of the patterns fits wholly, small letters or capitals; empty where none does.

    A bracket is a bracket: many authors' names end with `[bot]`.
    """
    plain = [pattern.lower().replace("[", "[[]") for pattern in patterns]
    return next((text for text in texts if any(fnmatchcase(text.lower(), one) for one in plain)), "")
