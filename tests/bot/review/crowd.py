"""The local forge with people on it, who give orders in comments, in conversations and by buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzers.files import RepoFiles
from bot.forges.base import (
    Change,
    ChangeRef,
    Closing,
    CommentRef,
    Forge,
    Level,
    NewThread,
    Reaction,
    Request,
    Standing,
    Summary,
    Thread,
    Trigger,
    Vote,
    Wanted,
)
from bot.review.desk import Desk, Outcome
from bot.review.run import admit_failure, answer
from bot.store.reviews import Reviews
from tests.bot.dockerfiles import GOOD
from tests.bot.forges.local_stage import PUBLIC_URL, LocalStage

RULE = "base-image-latest"
WRITER = Standing(Level.WRITE)


@dataclass
class Crowd:
    """What people see and do where the forge on disk has nobody."""

    forge: Forge
    standing_of: Standing = WRITER
    is_draft: bool = False
    answered: set[str] = field(default_factory=set)
    """The conversations in which somebody wrote."""
    closings: list[Closing] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    """The conversations whose comment was struck through, and bears no mark any more."""
    forgotten: int = 0
    refusal: Exception | None = None
    """Raised where a comment is to be written."""
    trouble: Exception | None = None
    """Raised once where the summary is to be published."""

    def change(self, ref: ChangeRef) -> Change:
        change = self.forge.change(ref)
        threads = tuple(self._seen(one) for one in change.threads if one.id not in self.struck)
        return replace(change, is_draft=self.is_draft, threads=threads)

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        return self.forge.trees(change, wanted)

    def forget(self, change: Change) -> None:
        self.forgotten += 1

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        return self.forge.open_threads(change, threads, body, is_first_try=is_first_try)

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        return self.forge.votes(ref)

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        self.closings += closings
        self.forge.close_threads(change, closings)

    def publish_summary(self, change: Change, summary: Summary) -> None:
        trouble, self.trouble = self.trouble, None
        if trouble:
            raise trouble
        self.forge.publish_summary(change, summary)

    def react(self, request: Request, reaction: Reaction) -> None:
        self.reactions.append(reaction)

    def standing(self, request: Request) -> Standing:
        return self.standing_of

    def reply(self, request: Request, body: str) -> None:
        if self.refusal:
            raise self.refusal
        self.replies.append(body)

    def _seen(self, thread: Thread) -> Thread:
        return replace(thread, root=thread.id, has_replies=thread.id in self.answered)


class Scene:
    """One change with the desk that reviews it, and what is said on it."""

    def __init__(self, stage: LocalStage) -> None:
        self.stage = stage
        self.forge = Crowd(stage.forge)
        self.desk = Desk(self.forge, Reviews(stage.conversations.engine), PUBLIC_URL)
        self._guids = 0

    def open(self, head: str, base: str = GOOD, **files: str) -> Scene:
        before = {"Dockerfile": base, **files}
        self.ref = self.stage.open_change(before, {**before, "Dockerfile": head})
        return self

    def reviewed(self, head: str, base: str = GOOD, **files: str) -> Scene:
        self.open(head, base, **files).review()
        return self

    def push(self, dockerfile: str) -> Outcome:
        self.stage.push(self.ref, {"Dockerfile": dockerfile})
        return self.review()

    def review(self, ref: ChangeRef | None = None) -> Outcome:
        outcome = answer(Request(ref or self.ref, Trigger.PUSH), self.desk, self._guid())
        assert outcome
        return outcome

    def say(
        self,
        words: str,
        thread: str = "",
        actor: str = "ann",
        guid: str = "",
        by: Standing | None = None,
        change: ChangeRef | None = None,
    ) -> Outcome | None:
        """A comment, in a conversation where `thread` names one."""
        self.forge.standing_of = by or self.forge.standing_of
        comment = CommentRef("1", words, "issue", thread)
        request = Request(change or self.ref, Trigger.COMMAND, actor=actor, comment=comment)
        return answer(request, self.desk, guid or self._guid())

    def press(self, order: str, head: str = "") -> Outcome | None:
        """A button beside the check of a head."""
        request = Request(self.ref, Trigger.COMMAND, actor="ann", head=head, order=order)
        return answer(request, self.desk, self._guid())

    def break_on(self, words: str, guid: str = "guid-1") -> None:
        """What is done where a command could not be carried out."""
        comment = CommentRef("1", words, "issue")
        admit_failure(Request(self.ref, Trigger.COMMAND, comment=comment), self.desk, guid)

    @property
    def threads(self) -> tuple[Thread, ...]:
        return self.forge.change(self.ref).threads

    @property
    def open_threads(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.is_resolved]

    @property
    def thread(self) -> Thread:
        """The one open conversation."""
        (thread,) = self.open_threads
        return thread

    @property
    def summary(self) -> Summary:
        found = self.stage.conversations.summary(self.ref.key)
        assert found
        return found[1]

    @property
    def signs(self) -> str:
        """All reactions, in the order they were put."""
        return " ".join(self.forge.reactions)

    @property
    def answer(self) -> str:
        """The one answer in words."""
        (body,) = self.forge.replies
        return body

    def _guid(self) -> str:
        self._guids += 1
        return f"guid-{self._guids}"
