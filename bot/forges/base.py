"""The words both forges share, and what a forge must be able to do.

Rendering, choosing, counting and limits are no business of a forge: they are decided in
`bot/review` before one is called. What forges can differ in is data (`Abilities`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol
from urllib.parse import quote

from analyzers.files import Blob, RepoFiles
from analyzers.finding import Severity


@dataclass(frozen=True, slots=True)
class ChangeRef:
    """Names a pull or merge request. `installation` is the forge's word for who let us in.

    `base` and `head` are revisions, given only where the forge keeps no list of changes itself (local),
    and for a merge queue's trial merge. Number 0 stands for the repository as a whole; without a
    `repository` too, for everything that the installation lets us see.
    """

    forge: str
    repository: str
    number: int
    installation: str = ""
    base: str = ""
    head: str = ""
    is_queued: bool = False
    """A merge queue's trial merge of the change `number`, not the change itself."""

    @property
    def key(self) -> str:
        """The same for every delivery about this change. Each trial merge is a thing of its own."""
        key = f"{self.forge}:{self.repository}#{self.number}"
        return f"{key}@{self.head}" if self.is_queued else key


class Trigger(StrEnum):
    """Why we were woken."""

    PUSH = "push"
    """The change is new, moved, ready or has another base; or nobody has reviewed its head yet."""
    COMMAND = "command"
    """A person gave an order, in a comment or by a button."""
    RERUN = "rerun"
    """A person wants the check anew."""
    MERGE = "merge"
    """A merge queue wants the verdict on its trial merge, whose revisions the change's reference holds."""
    THREAD = "thread"
    """A person resolved a conversation, or opened it again."""
    CLOSED = "closed"
    """The change is merged or given up."""
    SURVEY = "survey"
    """A repository, or all that we are let into: which of their changes still lack a review?"""


@dataclass(frozen=True, slots=True)
class CommentRef:
    """A comment a person wrote. `kind` tells the forge's adapter which sort it is."""

    id: str
    body: str
    kind: str = ""
    thread: str = ""
    """The conversation it answers, by the name that `Thread.root` has; empty for a word to all."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one delivery asks for. `head` is the commit it speaks of, a hint that may be outdated."""

    change: ChangeRef
    trigger: Trigger
    actor: str = ""
    head: str = ""
    comment: CommentRef | None = None
    actor_id: str = ""
    """The actor's number, where the forge tells it."""
    branch: str = ""
    """Of a survey: all open changes onto this branch, reviewed or not."""
    order: str = ""
    """A command given by a button, as it would be typed: `/recheck`. Of a conversation: `resolved` or
    `unresolved`."""


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
    root: str = ""
    """What `CommentRef.thread` calls it."""
    is_closed_by_us: bool = False
    """We resolved it ourselves: should the finding come back, it may be posted anew."""
    first_line: int | None = None
    """The line it was written on, of the commit `head`."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this forge allows a review to do."""

    file_comments: bool = True
    suggestions: str = "github"
    """The dialect of suggestion blocks: `github`, `gitlab` or `none`."""
    annotations: bool = True
    """Whether a summary's annotations are shown beside the diff."""
    shows_at_once: bool = False
    """A read after a post shows it for sure."""


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
    head_branch: str = ""
    labels: tuple[str, ...] = ()
    is_by_bot: bool = False
    """Its author is a program."""
    ends_in_merge: bool = False
    """The head merges another branch into the change."""

    def permalink(self, path: str, line: int, end_line: int = 0) -> str:
        """The address of a line of the head."""
        return permalink(self.blob_url, path, line, end_line)


def permalink(blob_url: str, path: str, line: int, end_line: int = 0) -> str:
    """The address of a line, or of several. `blob_url` as in `Change`."""
    anchor = f"#L{line}" + (f"-L{end_line}" if end_line > line else "")
    return blob_url + quote(path, errors="surrogateescape") + anchor


@dataclass(frozen=True, slots=True)
class NewThread:
    """A comment to be posted. `line` None means on the file as a whole. Lines are the head's (RIGHT side)."""

    path: str
    line: int | None
    start_line: int | None
    """The first line of a range that ends at `line`; None for a single line."""
    body: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What readers thought of a comment of ours: how many thumbs point where."""

    fingerprint: str
    rule: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A thread to be closed. `body` replaces its first comment where we may not resolve it."""

    thread: Thread
    body: str


class Level(IntEnum):
    """What the forge lets a person do in a repository, each containing the ones before."""

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Who a person is to a change."""

    level: Level
    is_author: bool = False
    is_us: bool = False
    """We said it ourselves, and obey nothing of it."""


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
class Button:
    """What a reader of the summary may press. At most 20, 40 and 20 characters; three are shown."""

    label: str
    description: str
    order: str
    """The command it stands for, without its slash."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The one surface that tells all: check run on GitHub, note and status on GitLab, page locally."""

    conclusion: Conclusion
    title: str
    body: str
    annotations: tuple[Annotation, ...] = ()
    details_url: str = ""
    buttons: tuple[Button, ...] = ()
    problems: int = 0
    """How many new ones it tells of."""
    ignored: int = 0
    """How many people do not want to hear of."""
    is_old_news: bool = False
    """Nothing is to be done about the change: only what was there before it keeps it from success."""


class Reaction(StrEnum):
    SEEN = "seen"
    """Work has begun."""
    DONE = "done"
    REFUSED = "refused"
    """Not theirs to ask, not now, or not understood."""
    FAILED = "failed"
    """We broke on it."""


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

    def forget(self, change: Change) -> None:
        """Read everything of the change anew when next asked for it, whatever is remembered."""
        ...

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        """Post all of them with one notification; returns those that the forge would not take.

        `body` is the one line above them. On a first try nothing can be left of an earlier one. Raises
        Unclear where some of them may be posted, and some not; after any other error none is.
        """
        ...

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        """Resolve them; where that is not allowed, rewrite and fold the comment."""
        ...

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        """What readers thought of our comments on a change, open or closed, settled ones included."""
        ...

    def publish_summary(self, change: Change, summary: Summary) -> None:
        """Publish or replace our one summary for this head."""
        ...

    def react(self, request: Request, reaction: Reaction) -> None:
        """Answer a comment with a sign; nothing where the request came without one."""
        ...

    def standing(self, request: Request) -> Standing:
        """Who sent the request. Whom the forge does not vouch for has Level.NONE."""
        ...

    def reply(self, request: Request, body: str) -> None:
        """Answer the request's comment in words, in its thread if it stands in one, once.

        `body` ends with a line that no other answer has; what bears it already is not posted again.
        """
        ...
