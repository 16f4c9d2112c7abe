"""A pull request as the adapter keeps it: the change all forges know, and what only GitHub has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzers.files import Blob
from bot.forges.base import Change
from bot.forges.github_check_events import external_id


@dataclass(frozen=True, slots=True)
class AnnotationKey:
    """What an annotation that stands on a check run says, to post none twice."""

    path: str
    start_line: int
    end_line: int
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckRun:
    """Our check run on a head, for one change. `annotations` is None where there are too many to know."""

    id: int
    """0 where GraphQL could not say: its integers have 32 bits."""
    is_completed: bool
    annotations: tuple[AnnotationKey, ...] | None


@dataclass(frozen=True)
class GithubChange(Change):
    """A change with what only the adapter needs to know."""

    repository: str = ""
    """The name it goes by now; the one in `ref` may be an old one."""
    check_run: CheckRun | None = None
    head_blobs: Mapping[str, Blob] = field(default_factory=dict)
    """The changed files at the head, by path."""
    retyped: frozenset[str] = frozenset()
    """Files that were turned into something else, as a link."""

    @property
    def external_id(self) -> str:
        """What our check runs on it carry."""
        return external_id(self.repository, self.ref, self.head)
