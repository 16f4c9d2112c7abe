"""A merge request as the adapter keeps it: the change all forges know, and what only GitLab has."""

from __future__ import annotations

from dataclasses import dataclass

from bot.forges.base import Change


@dataclass(frozen=True, slots=True)
class Sticky:
    """Our summary note as it stands."""

    id: str
    body: str
    problems: int
    """How many it told of, when it last told of any."""


@dataclass(frozen=True, slots=True)
class TreePage:
    """The first entries of a tree, as (path, id, mode), and where the next ones begin; empty if nowhere."""

    entries: tuple[tuple[str, str, str], ...]
    next: str


@dataclass(frozen=True)
class GitlabChange(Change):
    """A change with what only the adapter needs to know."""

    project: str = ""
    """The project's number, by which it is found under any name."""
    repository: str = ""
    """The path it goes by now; the one in `ref` may be an old one."""
    start: str = ""
    """The target branch's commit that the diff was made for."""
    pipeline: str = ""
    """The number of the pipeline that the merge request shows, where it is one of the head's."""
    sticky: Sticky | None = None
    links: frozenset[str] = frozenset()
    """Changed paths that are symbolic links or submodules at the head."""
    former_links: frozenset[str] = frozenset()
    """Those that were links before, by their path in the base."""
    first_page: TreePage | None = None
    """Of the head's tree, where it was asked for along with the rest."""

    @property
    def path(self) -> str:
        """Where the interface has the merge request."""
        return f"/projects/{self.project}/merge_requests/{self.ref.number}"
