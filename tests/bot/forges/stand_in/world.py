"""What the stand-in knows: repositories, pull requests, threads, check runs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from analyzers.files import blob_id
from bot.forges.github_permissions import NEEDED
from tests.bot.forges.stand_in.diffs import ChangedFile, compare, follow
from tests.bot.forges.stand_in.hook import Hook

BOT = "shipworthy[bot]"
LINK = "120000"
REGULAR = "100644"
SUBMODULE = b"Subproject commit "
"""What git shows as the content of one, before the commit it stands at."""


def object_id(content: bytes) -> str:
    """A submodule is named by its commit, a file by its content."""
    return content.split()[-1].decode() if content.startswith(SUBMODULE) else blob_id(content)


@dataclass(frozen=True)
class Commit:
    sha: str
    files: Mapping[str, bytes]
    parent: str | None
    links: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()
    """Its parents but the first."""


@dataclass
class Comment:
    id: int
    author: str
    body: str
    minimized: str | None = None
    reactions: dict[str, int] = field(default_factory=dict)


@dataclass
class Thread:
    id: str
    path: str
    line: int | None
    start_line: int | None
    commit: str
    comments: list[Comment]
    resolved_by: str | None = None
    is_outdated: bool = False
    reads_behind: int = 0
    """So many reads do not show it yet."""

    def __post_init__(self) -> None:
        self.original_line = self.line

    def is_behind(self) -> bool:
        """Whether the read that asks is one of those."""
        self.reads_behind -= 1
        return self.reads_behind >= 0


@dataclass
class PullRequest:
    number: int
    author: str
    base: str
    head: str
    title: str = "A change"
    branch: str = "feature"
    labels: list[str] = field(default_factory=list)
    state: str = "OPEN"
    is_draft: bool = False
    base_branch: str = "main"
    touched_at: datetime | None = None
    """None for this very moment, whenever one asks."""
    threads: list[Thread] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Repository:
    name: str
    commits: dict[str, Commit] = field(default_factory=dict)
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    check_runs: dict[int, dict[str, Any]] = field(default_factory=dict)
    permissions: dict[str, str] = field(default_factory=dict)
    reactions: list[tuple[str, int, str]] = field(default_factory=list)
    installation: int | None = None
    """None for the world's own."""
    is_archived: bool = False
    _changed: dict[tuple[str, str], list[ChangedFile]] = field(default_factory=dict)
    """What was compared already: commits stay what they are."""

    def merge_base(self, one: str, other: str) -> str:
        before = set(self._history(one))
        return next(sha for sha in self._history(other) if sha in before)

    def changed(self, base: str, head: str) -> list[ChangedFile]:
        start = self.merge_base(base, head)
        known = self._changed.get((start, head))
        if known is None:
            known = compare(self.commits[start].files, self.commits[head].files)
            self._changed[start, head] = known
        return known

    def ahead(self, base: str, head: str) -> list[str]:
        """The commits that the head has and the base has not, the oldest first."""
        shas = self._history(head)
        return shas[: shas.index(self.merge_base(base, head))][::-1]

    def blob(self, oid: str) -> bytes | None:
        contents = (content for commit in self.commits.values() for content in commit.files.values())
        return next((content for content in contents if blob_id(content) == oid), None)

    def _history(self, sha: str | None) -> list[str]:
        shas = []
        while sha is not None:
            shas.append(sha)
            sha = self.commits[sha].parent
        return shas


class World:
    """Everything a test arranges, and everything the bot did."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.renamed: dict[str, str] = {}
        self.may_resolve = True
        self.permissions: dict[str, str | None] = dict(NEEDED)
        self.tree_limit = 100_000
        self.compare_limit = 300
        self.patch_lines = 20_000
        self.patch_length = 500_000
        """The longest patch of a file that is shown."""
        self.has_long_numbers = False
        self.reads_behind = 0
        """So many reads do not show a new thread yet."""
        self.app_id = 77
        self.installation = 9
        self.installations = {self.installation}
        self.suspended: set[int] = set()
        self.hook = Hook()
        self._numbers = itertools.count(1)

    def home(self, repository: Repository) -> int:
        """The installation that sees it."""
        return repository.installation or self.installation

    def repository(self, name: str = "acme/shop") -> Repository:
        return self.repositories.setdefault(name, Repository(name))

    def commit(
        self,
        repository: Repository,
        files: Mapping[str, str | bytes],
        parent: str | None = None,
        links: frozenset[str] = frozenset(),
        merged: tuple[str, ...] = (),
    ) -> str:
        """A commit with exactly these files."""
        sha = f"{next(self._numbers):040x}"
        contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        repository.commits[sha] = Commit(sha, contents, parent, links, merged)
        return sha

    def pull(self, repository: Repository, base: str, head: str, author: str = "dev") -> PullRequest:
        pull = PullRequest(len(repository.pulls) + 1, author, base, head)
        repository.pulls[pull.number] = pull
        return pull

    def push(
        self,
        repository: Repository,
        pull: PullRequest,
        files: Mapping[str, str | bytes],
        parent: str | None = None,
    ) -> None:
        """The head moves on, or is forced to be another child of `parent`. Threads go with their lines;
        they are outdated where those went, or changed.
        """
        before = repository.commits[pull.head].files
        pull.head = self.commit(repository, files, parent or pull.head)
        after = repository.commits[pull.head].files
        for thread in pull.threads:
            if thread.line is not None:
                line = follow(before.get(thread.path, b""), after.get(thread.path, b""), thread.line)
                thread.is_outdated |= line is None
                thread.line = line or thread.line

    def next_number(self) -> int:
        return next(self._numbers)

    def comment(self, author: str, body: str) -> Comment:
        return Comment(self.next_number(), author, body)
