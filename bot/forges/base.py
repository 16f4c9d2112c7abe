"""The words both forges share, and what a forge must be able to do.

Rendering, choosing, counting and limits are no business of a forge: they are decided in
`bot/review` before one is called. What forges can differ in is data (`Abilities`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from analyzers.files import Blob, RepoFiles
from analyzers.finding import Severity


@dataclass(frozen=True, slots=True)
class ChangeRef:
    """Names a pull or merge request. `installation` is the forge's word for who let us in.

    `base` and `head` are revisions, given only where the forge keeps no list of changes itself (local).
    """

    forge: str
    repository: str
    number: int
    installation: str = ""
    base: str = ""
    head: str = ""

    @property
    def key(self) -> str:
        """The same for every delivery about this change."""
        return f"{self.forge}:{self.repository}#{self.number}"


class Trigger(StrEnum):
    """Why a review is wanted."""

    PUSH = "push"
    COMMAND = "command"
    RERUN = "rerun"


@dataclass(frozen=True, slots=True)
class CommentRef:
    """A comment a person wrote. `kind` tells the forge's adapter which sort it is."""

    id: str
    body: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What one delivery asks for. `head` is the commit it speaks of, a hint that may be outdated."""

    change: ChangeRef
    trigger: Trigger
    actor: str = ""
    head: str = ""
    comment: CommentRef | None = None


@dataclass(frozen=True, slots=True)
class FileDiff:
    """One file of the change. `patch` has unified hunks without a file header.

    `patch` is None where the forge shows none (binary, too large, collapsed): then no line of the
    file can carry a comment.
    """

    path: str
    status: str
    """added, removed, modified or renamed."""
    patch: str | None
    previous_path: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation that we began, read back from the forge."""

    id: str
    path: str
    line: int | None
    """None once the forge calls it outdated, or for a thread on the file."""
    body: str
    fingerprint: str
    rule: str
    head: str
    """The commit it was written for, from our marker."""
    is_resolved: bool = False
    has_replies: bool = False
    """Somebody else wrote in it."""
    can_resolve: bool = True
    comment_id: str = ""
    is_closed_by_us: bool = False
    """We resolved it ourselves: should the finding come back, it may be posted anew."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this forge allows a review to do."""

    file_comments: bool = True
    suggestions: str = "github"
    """The dialect of suggestion blocks: `github`, `gitlab` or `none`."""


@dataclass(frozen=True)
class Change:
    """A pull or merge request as it stands now. `base` is the merge base: what the change is compared to."""

    ref: ChangeRef
    title: str
    head: str
    base: str
    base_branch: str
    author: str
    is_open: bool
    is_draft: bool
    files: tuple[FileDiff, ...]
    threads: tuple[Thread, ...]
    """Only those whose first comment is ours and bears our marker."""
    blob_url: str
    """What a permalink begins with: `…/blob/<head>/`."""
    abilities: Abilities = Abilities()
    files_left_out: int = 0
    """Files of the change that the forge did not list."""

    def permalink(self, path: str, line: int, end_line: int = 0) -> str:
        """The address of a line of the head."""
        anchor = f"#L{line}" + (f"-L{end_line}" if end_line > line else "")
        return self.blob_url + quote(path, errors="surrogateescape") + anchor


@dataclass(frozen=True, slots=True)
class NewThread:
    """A comment to be posted. `line` None means on the file as a whole. Lines are the head's (RIGHT side)."""

    path: str
    line: int | None
    start_line: int | None
    """The first line of a range that ends at `line`; None for a single line."""
    body: str
    fingerprint: str


class Conclusion(StrEnum):
    SUCCESS = "success"
    NEUTRAL = "neutral"
    FAILURE = "failure"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding as the check run shows it beside the diff."""

    path: str
    start_line: int
    end_line: int
    severity: Severity
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The one surface that tells all: check run on GitHub, note and status on GitLab, page locally."""

    conclusion: Conclusion
    title: str
    body: str
    annotations: tuple[Annotation, ...] = ()
    details_url: str = ""


class Reaction(StrEnum):
    SEEN = "seen"
    DONE = "done"
    REFUSED = "refused"


Wanted = Callable[[Mapping[str, Blob], Collection[str]], Sequence[str]]
"""Which paths of a tree to read, given the paths the change touches."""


class Forge(Protocol):
    """A place where changes are reviewed.

    Every method may raise TryLater (limits, outages), Gone or NotFound (no such change or repository)
    and NotAllowed (a permission is missing). Posting is never repeated blindly: after an unclear
    answer an adapter first looks whether the post has landed.
    """

    def change(self, ref: ChangeRef) -> Change:
        """The change as it stands now, its diff and our threads included."""
        ...

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        """Base and head, with the wanted files of both already read."""
        ...

    def open_threads(self, change: Change, threads: Sequence[NewThread], body: str) -> None:
        """Post all of them with one notification. `body` is the one line above them."""
        ...

    def close_threads(self, change: Change, threads: Sequence[Thread]) -> None:
        """Resolve what is fixed; where that is not allowed, say in the comment that it is fixed."""
        ...

    def publish_summary(self, change: Change, summary: Summary) -> None:
        """Publish or replace our one summary for this head."""
        ...

    def react(self, request: Request, reaction: Reaction) -> None:
        """Answer a comment with a sign; nothing where the request came without one."""
        ...

    def may_command(self, request: Request) -> bool:
        """Whether who wrote the comment may give us orders: write access, or the change's author."""
        ...
