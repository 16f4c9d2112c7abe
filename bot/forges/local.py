"""A folder of git repositories as a forge: a change is two revisions, what we say of it lies in the store."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzers.files import GitFiles, RepoFiles, resolve
from analyzers.git import run_git
from bot.errors import Gone, NotAllowed
from bot.forges.base import (
    Abilities,
    Change,
    ChangeRef,
    Closing,
    Level,
    NewThread,
    Reaction,
    Request,
    Standing,
    Summary,
    Thread,
    Vote,
    Wanted,
)
from bot.forges.local_diff import compare, patch_between
from bot.forges.local_events import is_repository, is_revision
from bot.forges.local_lines import follow
from bot.forges.local_tree import ReadAhead
from bot.review.markers import read_marker
from bot.store.local import Conversation, Conversations


@dataclass(frozen=True, slots=True)
class LocalForge:
    """Reviews repositories below `folder`. `public_url` is our pages' address, without a final slash."""

    folder: Path
    conversations: Conversations
    public_url: str

    def change(self, ref: ChangeRef) -> Change:
        """A head that the base contains counts as merged, hence closed."""
        repository = self.repository(ref.repository)
        head, tip = self._commit(repository, ref.head), self._commit(repository, ref.base)
        base = _merge_base(repository, tip, head)
        threads = self.conversations.of(ref.key)
        return Change(
            ref=ref,
            title=_git(repository, "log", "-1", "--format=%s", head),
            head=head,
            base=base,
            base_branch=ref.base,
            author=_git(repository, "log", "-1", "--format=%an", head),
            is_open=base != head,
            is_draft=False,
            files=compare(repository, base, head),
            threads=tuple(_thread(one, repository, head) for one in threads),
            blob_url=f"{self.page(ref)}/blob/{head}/",
            abilities=Abilities(annotations=False, shows_at_once=True),
            head_branch=ref.head,
        )

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        repository = self.repository(change.ref.repository)
        touched = {path for file in change.files for path in (file.path, file.previous_path) if path}
        base, head = GitFiles(repository, change.base), GitFiles(repository, change.head)
        return ReadAhead(base, wanted(base.tree, touched)), ReadAhead(head, wanted(head.tree, touched))

    def forget(self, change: Change) -> None:
        """Nothing is remembered."""

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        named = [(thread, _rule(thread.body)) for thread in threads]
        self.conversations.open(change.ref.key, change.head, named)
        return ()

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        self.conversations.close([closing.thread.id for closing in closings])

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        """There is nothing to put a thumb under."""
        return ()

    def publish_summary(self, change: Change, summary: Summary) -> None:
        self.conversations.publish(change.ref.key, change.head, summary)

    def react(self, request: Request, reaction: Reaction) -> None:
        """There is no comment to put a sign under."""

    def standing(self, request: Request) -> Standing:
        """Who can sign a delivery is let in."""
        return Standing(Level.WRITE)

    def reply(self, request: Request, body: str) -> None:
        """There is no comment to answer."""

    def page(self, ref: ChangeRef) -> str:
        """Where the review of a change is shown."""
        return f"{self.public_url}/local/{ref.repository}/{ref.number}"

    def repository(self, name: str) -> Path:
        """The folder of a repository. Raises Gone."""
        if is_repository(name):
            for place in (self.folder / name, self.folder / f"{name}.git"):
                if (place / ".git").exists() or (place / "HEAD").is_file():
                    return place
        raise Gone(f"there is no repository {name!r}")

    def _commit(self, repository: Path, revision: str) -> str:
        try:
            if is_revision(revision):
                return resolve(repository, revision)
        except LookupError:
            pass
        raise Gone(f"there is no revision {revision!r}")


def _merge_base(repository: Path, base: str, head: str) -> str:
    """Where the change left the base; the base itself for histories that never met."""
    try:
        return run_git(repository, "merge-base", base, head).decode().split("\n")[0]
    except subprocess.CalledProcessError:
        return base


def _git(repository: Path, *arguments: str) -> str:
    try:
        return run_git(repository, *arguments).decode("utf-8", "replace").strip()
    except subprocess.CalledProcessError as refusal:
        raise NotAllowed(f"git: {refusal.stderr.decode('utf-8', 'replace').strip()[:200]}") from None


def _thread(conversation: Conversation, repository: Path, head: str) -> Thread:
    return Thread(
        id=conversation.id,
        path=conversation.path,
        line=_line_now(conversation, repository, head),
        body=conversation.body,
        fingerprint=conversation.fingerprint,
        rule=conversation.rule,
        head=conversation.head,
        is_resolved=conversation.resolved_at is not None,
        comment_id=conversation.id,
        first_line=conversation.line,
    )


def _line_now(conversation: Conversation, repository: Path, head: str) -> int | None:
    if conversation.line is None or conversation.head == head:
        return conversation.line
    try:
        patch = patch_between(repository, conversation.head, head, conversation.path)
    except subprocess.CalledProcessError:
        return None
    return follow(conversation.line, patch)


def _rule(body: str) -> str:
    found = read_marker(body)
    return found.rule if found else ""
