"""What the stand-in knows: projects, merge requests, discussions, drafts, statuses, hooks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from analyzers.files import blob_id
from tests.bot.forges.stand_in.diffs import ChangedFile, compare

BOT = 7
LINK = "120000"
REGULAR = "100644"

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Commit:
    sha: str
    files: Mapping[str, bytes]
    parent: str | None
    links: frozenset[str] = frozenset()


@dataclass
class Note:
    id: int
    author: int
    body: str
    position: dict[str, Any] | None = None
    is_system: bool = False
    awards: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Discussion:
    id: str
    notes: list[Note]
    is_individual: bool
    resolved_by: int | None = None


@dataclass
class Draft:
    id: int
    author: int
    note: str
    position: dict[str, Any] | None
    line_code: str | None


@dataclass
class MergeRequest:
    iid: int
    author: int
    base: str
    head: str
    heads: list[str] = field(default_factory=list)
    """All it ever had: comments may stand on any of them."""
    title: str = "A change"
    state: str = "opened"
    is_draft: bool = False
    source_branch: str = "feature"
    is_prepared: bool = True
    """Its diff is made."""
    target_branch: str = "main"
    labels: list[str] = field(default_factory=list)
    touched: datetime = field(default_factory=lambda: datetime.now(UTC))
    pipeline: tuple[int, str] | None = None
    discussions: list[Discussion] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    notifications: list[int] = field(default_factory=list)
    """How many comments each told of."""

    @property
    def refs(self) -> dict[str, str] | None:
        if not self.is_prepared:
            return None
        return {"base_sha": self.base, "start_sha": self.base, "head_sha": self.head}


@dataclass
class Project:
    id: int
    path: str
    visibility: str = "private"
    commits: dict[str, Commit] = field(default_factory=dict)
    merge_requests: dict[int, MergeRequest] = field(default_factory=dict)
    members: dict[int, dict[str, Any]] = field(default_factory=dict)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    hooks: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    """The events of each hook."""

    def lets(self, user: int, least: int) -> bool:
        return int(self.members.get(user, {}).get("access_level", 0)) >= least

    def changed(self, merge_request: MergeRequest) -> list[ChangedFile]:
        before, after = self.commits[merge_request.base], self.commits[merge_request.head]
        return compare(before.files, after.files)

    def entries(self, commit: Commit) -> list[tuple[str, str, str]]:
        """Path, blob id and mode, as the tree has them."""
        return [
            (path, blob_id(content), LINK if path in commit.links else REGULAR)
            for path, content in sorted(commit.files.items())
        ]

    def resolve(self, ref: str) -> Commit | None:
        """A commit by its id, or by the head of a merge request."""
        if ref.startswith("refs/merge-requests/"):
            ref = self.merge_requests[int(ref.split("/")[2])].head
        return self.commits.get(ref)

    def blob(self, oid: str) -> bytes | None:
        contents = (content for commit in self.commits.values() for content in commit.files.values())
        return next((content for content in contents if blob_id(content) == oid), None)


@dataclass
class Limits:
    """What this instance allows, and what it is too old or too strict for."""

    complexity: int = 250
    one_blob_a_query: bool = False
    """As from 18.4.2 to the version that set it right."""
    blob_bytes: int = 20_000_000
    has_graphql: bool = True
    shows_discussions: bool = True
    """Whether GraphQL knows this field."""
    takes_file_positions: bool = True
    patch_lines: int = 50_000
    """Longer diffs come collapsed: without a line."""
    notes_a_minute: int = 60
    files_listed: int = 3000


class World:
    """Everything a test arranges, and everything the bot did."""

    def __init__(self) -> None:
        self.projects: dict[int, Project] = {}
        self.moved: dict[str, Project] = {}
        self.users: dict[int, str] = {BOT: "shipworthy"}
        self.limits = Limits()
        self.token: dict[str, Any] | None = {"scopes": ["api"], "expires_at": None, "active": True}
        self.hook_status = "executable"
        self.notes_made = 0
        self.orders: list[str] = []
        """Quick actions carried out."""
        self.resent: list[tuple[int, int]] = []
        self._numbers = itertools.count(101)

    def project(self, path: str = "acme/shop", bot_level: int = 30) -> Project:
        project = Project(self.next_number(), path)
        self.projects[project.id] = project
        self.join(project, BOT, bot_level)
        return project

    def user(self, name: str) -> int:
        number = self.next_number()
        self.users[number] = name
        return number

    def join(self, project: Project, user: int, level: int, state: str = "active") -> None:
        project.members[user] = {"access_level": level, "state": state, "membership_state": "active"}

    def commit(
        self,
        project: Project,
        files: Files,
        parent: str | None = None,
        links: frozenset[str] = frozenset(),
    ) -> str:
        """A commit with exactly these files."""
        sha = f"{self.next_number():040x}"
        contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        project.commits[sha] = Commit(sha, contents, parent, links)
        return sha

    def open(self, project: Project, base: str, head: str, author: int | None = None) -> MergeRequest:
        number = len(project.merge_requests) + 1
        opened = MergeRequest(number, author or self.user(f"dev{number}"), base, head, [head])
        project.merge_requests[number] = opened
        return opened

    def push(self, project: Project, merge_request: MergeRequest, files: Files) -> None:
        """The head moves on. Positions on files that stayed as they were move with it."""
        before = project.commits[merge_request.head].files
        merge_request.head = self.commit(project, files, merge_request.head)
        merge_request.heads.append(merge_request.head)
        after = project.commits[merge_request.head].files
        for discussion in merge_request.discussions:
            for note in discussion.notes:
                position = note.position
                if position and before.get(position["new_path"]) == after.get(position["new_path"]):
                    position["head_sha"] = merge_request.head

    def say(self, merge_request: MergeRequest, author: int, body: str, is_system: bool = False) -> Discussion:
        """A note of its own, as people write them below a merge request."""
        note = Note(self.next_number(), author, body, is_system=is_system)
        discussion = Discussion(f"{note.id:040x}", [note], is_individual=True)
        merge_request.discussions.append(discussion)
        return discussion

    def next_number(self) -> int:
        return next(self._numbers)
